import PointClouds
import Testing

@Suite struct PointCloudTests {
  private static let labels: [(UInt16, UInt16, UInt32)] = [
    (0, 0, 0), (10, 0, 10), (0, 1, 65_536), (252, 3, 0x0003_00fc), (65_535, 65_535, .max),
  ]

  @Test(arguments: labels)
  func aLabelIsAClassAndAnInstance(semantic: UInt16, instance: UInt16, bits: UInt32) {
    let label = PointLabel(semantic: semantic, instance: instance)
    #expect(label.rawValue == bits)
    #expect(label.semantic == semantic && label.instance == instance)
    #expect(PointLabel(rawValue: bits) == label)
  }

  @Test func unlabelledIsZero() {
    #expect(PointLabel.unlabelled.rawValue == 0)
    #expect(PointLabel(semantic: 10) != .unlabelled)
  }

  private static let positions: [([Float], Bool)] = [
    ([1, 2, 3], true), ([0, 0, -1e-30], true), ([0, 0, 0], false), ([-0.0, 0, 0], false),
    ([.nan, 2, 3], false), ([1, .infinity, 3], false), ([1, 2, -.infinity], false),
    ([.greatestFiniteMagnitude, 0, 0], true),
  ]

  @Test(arguments: positions)
  func aPointIsMeasuredWhereItHasAPosition(position: [Float], isMeasured: Bool) {
    let cloud = PointCloud(
      x: [position[0]], y: [position[1]], z: [position[2]], intensity: [.nan])
    #expect(cloud.isMeasured(0) == isMeasured)
  }

  @Test func aCloudCountsItsPoints() {
    #expect(PointCloud().count == 0)
    let cloud = PointCloud(
      x: [1, 2], y: [1, 2], z: [1, 2], intensity: [0, 1], ring: [0, 63], time: [0, 0.1],
      returnIndex: [0, 1],
      extraFields: [ExtraField(name: "reflectivity", values: [1, 2], storage: .uint16)])
    #expect(cloud.count == 2)
    #expect(cloud == cloud)
  }
}
