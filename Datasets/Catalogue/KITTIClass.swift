public import PointClouds

/// What KITTI's boxes say of a point.
public enum KITTIClass: UInt8, CaseIterable, Codable, Sendable {
  /// In the camera's image, and in no box.
  case background = 0
  case car = 1
  case pedestrian = 2
  case cyclist = 3
  case van = 4
  case truck = 5
  case personSitting = 6
  case tram = 7
  case misc = 8
  /// In a region of the image that the annotators left out.
  case dontCare = 254
  /// The camera does not see the point: nothing is known of it.
  case outsideImage = 255

  /// The name in `label_2` files, for what occurs in them.
  public var fileName: String? {
    switch self {
    case .background, .outsideImage: nil
    case .car: "Car"
    case .pedestrian: "Pedestrian"
    case .cyclist: "Cyclist"
    case .van: "Van"
    case .truck: "Truck"
    case .personSitting: "Person_sitting"
    case .tram: "Tram"
    case .misc: "Misc"
    case .dontCare: "DontCare"
    }
  }

  /// The same in SemanticKITTI's raw ids: vans are cars (10), Misc is "other vehicle" (20),
  /// background is "other object" (99), and what is not known is "unlabelled" (0).
  public var semanticKITTI: PointLabel {
    switch self {
    case .background: PointLabel(semantic: 99)
    case .car, .van: PointLabel(semantic: 10)
    case .pedestrian, .personSitting: PointLabel(semantic: 30)
    case .cyclist: PointLabel(semantic: 31)
    case .truck: PointLabel(semantic: 18)
    case .tram: PointLabel(semantic: 16)
    case .misc: PointLabel(semantic: 20)
    case .dontCare, .outsideImage: .unlabelled
    }
  }

  static let fileNames: [String: KITTIClass] = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { kind in kind.fileName.map { ($0, kind) } })
}
