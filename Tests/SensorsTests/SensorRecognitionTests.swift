import Foundation
import PointClouds
import Sensors
import Testing

@Suite struct SensorRecognitionTests {
  @Test(arguments: SensorCatalogue.bundled.tables)
  func aSweepOfABundledSensorIsRecognised(table: SensorTable) throws {
    let recognition = try #require(SensorRecognition.recognise(sweep(of: table)))
    #expect(recognition.sensor.name == table.name)
    #expect(recognition.best.residual < 0.001)
    #expect(recognition.best.rings == table.beams.count)
    #expect(recognition.candidates.count == SensorCatalogue.bundled.tables.count)
  }

  @Test(arguments: [0.15, 0.4])
  func aSweepThatWasCutShortIsRecognised(share: Double) throws {
    let whole = sweep(of: try SensorCatalogue.bundled.named("hdl64e-kitti"))
    let count = Int(Double(whole.count) * share)
    let part = PointCloud(
      x: Array(whole.x[..<count]), y: Array(whole.y[..<count]), z: Array(whole.z[..<count]),
      intensity: Array(whole.intensity[..<count]))
    #expect(SensorRecognition.recognise(part)?.sensor.name == "hdl64e-kitti")
  }

  @Test func pointsOffTheBeamsAreRecognisedByTheirOrder() throws {
    let table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let bent = sweep(of: table, bending: 0.2)
    let recognition = try #require(SensorRecognition.recognise(bent))
    #expect(recognition.sensor.name == "hdl64e-kitti")
    #expect(recognition.best.evidence == .order)
  }

  @Test func shuffledPointsOffTheBeamsAreNoSensors() throws {
    let bent = sweep(of: try SensorCatalogue.bundled.named("hdl64e-kitti"), bending: 0.2)
    var dice = Dice(state: 5)
    let order = bent.x.indices.shuffled(using: &dice)
    let shuffled = PointCloud(
      x: order.map { bent.x[$0] }, y: order.map { bent.y[$0] }, z: order.map { bent.z[$0] },
      intensity: bent.intensity)
    #expect(SensorRecognition.recognise(shuffled) == nil)
  }

  @Test(arguments: [0.02, 0.1, 0.5, 1, 10])
  func aRandomCloudIsNoSensors(flatness: Double) {
    var dice = Dice(state: 9)
    for _ in 0..<20 {
      func some(_ scale: Double) -> [Float] {
        (0..<3000).map { _ in Float(Double.random(in: -30...30, using: &dice) * scale) }
      }
      let cloud = PointCloud(
        x: some(1), y: some(1), z: some(flatness), intensity: [Float](repeating: 0, count: 3000))
      #expect(SensorRecognition.recognise(cloud) == nil)
    }
  }

  @Test func aFewPointsOrOneBeamAreNoSensors() throws {
    #expect(SensorRecognition.recognise(PointCloud()) == nil)
    let table = try SensorCatalogue.bundled.named("vlp16")
    #expect(SensorRecognition.recognise(sweep(of: table, firings: 5)) == nil)
    let one = try SensorTable(
      name: "one", beams: [.init(elevation: 1), .init(elevation: -1), .init(elevation: -3)])
    #expect(SensorRecognition.recognise(sweep(of: one)) == nil)
  }

  @Test func pointsWithoutPositionDoNotHinder() throws {
    let table = try SensorCatalogue.bundled.named("os1-64")
    var cloud = sweep(of: table)
    for index in stride(from: 0, to: cloud.count, by: 3) { cloud.z[index] = .nan }
    for index in stride(from: 1, to: cloud.count, by: 7) { cloud.x[index] = .infinity }
    #expect(SensorRecognition.recognise(cloud)?.sensor.name == "os1-64")
  }
}
