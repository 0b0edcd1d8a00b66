public import Datasets
import PointClouds

/// What an annotated object is.
public enum ObjectClass: String, CaseIterable, Codable, Sendable {
  case car
  case truck
  case tram
  case otherVehicle = "other-vehicle"
  case person
  case cyclist

  /// The class of a raw SemanticKITTI id, or nothing where it is none of an object.
  public init?(semantic: UInt16) {
    guard let found = Self.allCases.first(where: { $0.rawIDs.contains(semantic) })
    else { return nil }
    self = found
  }

  /// The class of KITTI's objects of a kind, or nothing for what is no object.
  public init?(_ kind: KITTIClass) { self.init(semantic: kind.semanticKITTI.semantic) }

  /// The raw SemanticKITTI ids that mean it: the one that is written comes first, those of moving
  /// objects last.
  package var rawIDs: [UInt16] {
    switch self {
    case .car: [10, 252]
    case .truck: [18, 258]
    case .tram: [16, 256]
    case .otherVehicle: [20, 13, 257, 259]
    case .person: [30, 254]
    case .cyclist: [31, 11, 15, 32, 253, 255]
    }
  }

  /// The raw SemanticKITTI id that is written for it.
  public var semantic: UInt16 { rawIDs[0] }

  /// The kind that KITTI's files call it.
  public var kind: KITTIClass {
    switch self {
    case .car: .car
    case .truck: .truck
    case .tram: .tram
    case .otherVehicle: .misc
    case .person: .pedestrian
    case .cyclist: .cyclist
    }
  }
}

/// How large objects of a class are, in metres: length, width and height.
public struct ObjectSize: Equatable, Sendable {
  /// What an object has where it was not seen whole.
  public var usual: SIMD3<Double>
  /// What few objects exceed: points that hang together over more are rather several objects.
  public var large: SIMD3<Double>
  /// What hardly any object exceeds.
  public var largest: SIMD3<Double>

  /// A size; see the properties.
  public init(usual: SIMD3<Double>, large: SIMD3<Double>, largest: SIMD3<Double>) {
    self.usual = usual
    self.large = large
    self.largest = largest
  }

  /// The sizes of a class.
  ///
  /// The usual ones are the middle of the mean sizes that detectors take as their anchors for KITTI
  /// (SECOND, Yan et al. 2018: car 3.9 x 1.6 x 1.56, pedestrian 0.8 x 0.6 x 1.73, cyclist 1.76 x 0.6
  /// x 1.73), nuScenes (Zhu et al., arXiv 1908.09492: car 4.63 x 1.97 x 1.74, truck 6.93 x 2.51 x
  /// 2.84) and Waymo's data (4.73 x 2.08 x 1.77). The largest ones are what traffic law and
  /// manufacturers leave: a van belongs to the cars, as it does in SemanticKITTI. Other vehicles, from
  /// scooters to trailers, have no usual size, so that theirs is small and nothing is completed.
  public static func of(_ objectClass: ObjectClass) -> ObjectSize {
    switch objectClass {
    case .car:
      ObjectSize(
        usual: SIMD3(4.4, 1.85, 1.65), large: SIMD3(5.3, 2.2, 1.9), largest: SIMD3(6.2, 2.5, 2.8))
    case .truck:
      ObjectSize(
        usual: SIMD3(6.9, 2.5, 2.8), large: SIMD3(12, 2.8, 4), largest: SIMD3(18.8, 3.2, 4.5))
    case .tram:
      ObjectSize(
        usual: SIMD3(15, 2.5, 3.5), large: SIMD3(30, 3, 4), largest: SIMD3(40, 3.5, 5))
    case .otherVehicle:
      ObjectSize(
        usual: SIMD3(1, 0.8, 1), large: SIMD3(8, 2.6, 3), largest: SIMD3(14, 3.2, 4.5))
    case .person:
      ObjectSize(
        usual: SIMD3(0.8, 0.65, 1.75), large: SIMD3(1.2, 1, 2), largest: SIMD3(1.6, 1.4, 2.2))
    case .cyclist:
      ObjectSize(
        usual: SIMD3(1.75, 0.7, 1.75), large: SIMD3(2.2, 1, 2), largest: SIMD3(2.6, 1.4, 2.2))
    }
  }
}
