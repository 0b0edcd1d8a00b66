#if Simulator
import PointClouds
import Randomness
import RangeImages
import Sensors
import Simulator
import Training

/// Simulated scans as samples, made when they are wanted: image `i` is a frame of scene
/// `i / frames`, so that there is no end to them.
struct StreetSource: SampleSource {
  let name: String
  let geometry: ImageGeometry
  let labelMap: LabelMap
  private let window: SampleWindow
  private let sensor: SensorTable
  private let frameCount: Int
  private let scenes: SceneCache
  private let table: ClassTable

  /// Scenes of several frames that are kept, so that each is made once.
  private static let keptScenes = 4

  /// The streets of a seed.
  ///
  /// - Throws: `SimulatorError`; `TrainingError` where the image's rows are not the sensor's beams.
  init(
    _ configuration: SimulationConfiguration, sensor: SensorTable, seed: UInt64,
    geometry: ImageGeometry, labelMap: LabelMap, window: SampleWindow
  ) throws {
    guard geometry.rowRule == .elevation || geometry.rows == sensor.beams.count else {
      throw TrainingError(
        .invalidConfiguration,
        "the \(geometry.rows) rows are beams, and \(sensor.name) has \(sensor.beams.count)",
        remedy: "simulate another sensor, or train with as many rows")
    }
    name = "simulated \(sensor.name), seed \(seed)"
    (self.geometry, self.labelMap, self.window) = (geometry, labelMap, window)
    self.sensor = sensor
    frameCount = configuration.frames
    scenes = try SceneCache(
      configuration, sensor: sensor, seed: seed,
      capacity: configuration.frames > 1 ? Self.keptScenes : 0)
    table = ClassTable(labelMap)
  }

  var count: Int? { nil }

  func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    let (scene, number) = index.quotientAndRemainder(dividingBy: frameCount)
    let frame = try scenes.frames(ofScene: scene)[number]
    try SampleProjector(geometry, window: window, key: key).project(
      frame.cloud, labels: frame.labels, sensor: sensor, table: table, into: &image)
  }
}
#endif
