import PointCloudIO
import PointClouds

/// A generator of the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}

enum SampleScans {
  /// Points on a few rings, as a scanner would see them.
  static func plain(_ count: Int) -> Scan {
    var generator = SeededGenerator(state: UInt64(count) + 1)
    func column(_ range: ClosedRange<Float>) -> [Float] {
      (0..<count).map { _ in Float.random(in: range, using: &generator) }
    }
    let cloud = PointCloud(
      x: column(2...60), y: column(-40...40), z: column(-2...3), intensity: column(0...0.99))
    return Scan(cloud: cloud)
  }

  /// A scan with every field, among them one extra field of every type at its limits.
  static func full(_ count: Int) -> Scan {
    var scan = plain(count)
    scan.cloud.ring = (0..<count).map { UInt16($0 % 64) }
    scan.cloud.time = (0..<count).map { Float($0) * 1e-5 }
    scan.cloud.returnIndex = (0..<count).map { UInt8($0 % 3) }
    scan.labels = (0..<count).map {
      PointLabel(semantic: UInt16($0 % 260), instance: UInt16($0 * 7 % 65_536))
    }
    let limits: [(ExtraField.Storage, [Double])] = [
      (.int8, [-128, 127]), (.uint8, [0, 255]), (.int16, [-32_768, 32_767]),
      (.uint16, [0, 65_535]), (.int32, [-2_147_483_648, 2_147_483_647]),
      (.uint32, [0, 4_294_967_295]), (.float32, [Double(Float.pi), -1.5e-39]),
      (.float64, [0.1, -1.797e308]),
    ]
    scan.cloud.extraFields = limits.map { storage, values in
      let repeated = (0..<count).map {
        storage == .float32 ? Double(Float(values[$0 % 2])) : values[$0 % 2]
      }
      return ExtraField(name: "extra_\(storage)", values: repeated, storage: storage)
    }
    return scan
  }

  /// The bits of every number, so that what is no number can be compared, too.
  static func bits(_ cloud: PointCloud) -> [[UInt32]] {
    [cloud.x, cloud.y, cloud.z, cloud.intensity].map { $0.map(\.bitPattern) }
  }
}

/// A format with an encoding that it has.
struct Variant: Sendable, CustomStringConvertible {
  var format: ScanFormat
  var encoding = ScanEncoding.binary

  var description: String { "\(format.rawValue) \(encoding.rawValue)" }

  static let all = [
    Variant(format: .kittiBin), Variant(format: .nuScenes), Variant(format: .squeezeSegNpy),
    Variant(format: .pcd, encoding: .ascii), Variant(format: .pcd),
    Variant(format: .pcd, encoding: .binaryCompressed), Variant(format: .ply, encoding: .ascii),
    Variant(format: .ply),
  ]

  /// Also those that round coordinates.
  static let everyFormat = all + [Variant(format: .las)]

  static let keepingEverything = all.filter { $0.format == .pcd || $0.format == .ply }
}
