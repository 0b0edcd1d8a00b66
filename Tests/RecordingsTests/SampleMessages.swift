import PointClouds
import Recordings

enum SampleMessages {
  /// A scan with every field that a message can hold.
  static func scan(_ count: Int) -> Scan {
    func column(_ factor: Float) -> [Float] { (0..<count).map { Float($0) * factor - 3 } }
    let cloud = PointCloud(
      x: column(1.1), y: column(-0.7), z: column(0.1), intensity: column(0.01),
      ring: (0..<count).map { UInt16($0 % 64) }, time: column(1e-5),
      returnIndex: (0..<count).map { UInt8($0 % 2) },
      extraFields: ExtraField.Storage.allCases.map { storage in
        ExtraField(
          name: "extra_\(storage)", values: (0..<count).map { Double($0 % 100) }, storage: storage)
      })
    return Scan(
      cloud: cloud,
      labels: (0..<count).map { PointLabel(semantic: UInt16($0 % 260), instance: UInt16($0)) })
  }

  /// Packets whose bytes count up.
  static func packets(_ count: Int) -> VelodyneScanMessage {
    VelodyneScanMessage(
      header: MessageHeader(stamp: 1_673_400_471_837_873_222, frame: "velodyne"),
      packets: (0..<count).map { number in
        VelodyneScanMessage.Packet(
          stamp: 1_673_400_471_000_000_000 + Int64(number),
          bytes: (0..<1206).map { UInt8(truncatingIfNeeded: $0 + number) })
      })
  }
}
