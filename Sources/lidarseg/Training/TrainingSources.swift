import Datasets
import Exchange
import Foundation
import Kernels
import PointClouds
import Randomness
import Training

#if Simulator
import Simulator
#endif

/// The scans that a training configuration names.
struct TrainingSources {
  private let configuration: TrainingConfiguration
  private let labelMap: LabelMap
  private let threadCount: Int
  private let console: Console

  init(
    _ configuration: TrainingConfiguration, labelMap: LabelMap, threadCount: Int, console: Console
  ) {
    self.configuration = configuration
    self.labelMap = labelMap
    self.threadCount = threadCount
    self.console = console
  }

  /// What is learned from, with parts that the configuration does not name behind it.
  ///
  /// `part` takes a part of each source, such as what another learner does not see.
  func samples(
    and others: [SourceMix.Part] = [],
    part: (any SampleSource) -> any SampleSource = { $0 }
  ) throws -> SampleSequence {
    var parts: [SourceMix.Part] = []
    for (number, data) in configuration.data.enumerated() {
      let source = part(try source(data))
      parts.append(
        SourceMix.Part(
          source, weight: data.weight, order: try order(of: source, data, part: number),
          domain: data.domain))
    }
    return try SampleSequence(
      try SourceMix(parts + others), augmentation: configuration.augmentation,
      seed: configuration.seed,
      threadCount: threadCount)
  }

  /// What the best weights are chosen by: as many images of each source, spread over all it has.
  func validationImages() throws -> [LabelledImage] {
    let validation = configuration.validation
    var images: [LabelledImage] = []
    for (number, data) in validation.data.enumerated() {
      let source = try source(data)
      let share = validation.images / validation.data.count
      let count = min(share, source.count ?? share)
      let key = RandomKey(seed: configuration.seed)
      images += try ParallelMap.map(count: count, threadCount: threadCount) { position in
        let index = source.count.map { $0 * position / count } ?? position
        return try source.image(at: index, key: key.key(purpose: UInt64(number), index: index))
      }
    }
    return images
  }

  private func order(
    of source: any SampleSource, _ data: DataConfiguration, part: Int
  ) throws -> SampleOrder {
    guard let count = source.count else { return .sequential(count: nil) }
    guard count > 0 else {
      throw TrainingError(
        .unsuitableData, "there is no labelled scan", remedy: "name scans with labels",
        path: source.name)
    }
    let key = SampleSequence.orderKey(seed: configuration.seed, part: part)
    guard !configuration.balance.classes.isEmpty, configuration.task == .segmentation,
      data.domain == .source
    else {
      return .shuffled(count: count, key: key)
    }
    console.talk("counting the classes of \(count) images of \(source.name)")
    let census = try ClassCensus(of: source, threadCount: threadCount)
    return .weighted(try census.weights(for: configuration.balance), key: key)
  }

  private func source(_ data: DataConfiguration) throws -> any SampleSource {
    let plain = try plainSource(data)
    let isLearned = data.intensity == .learned || data.intensity == .mixed
    guard data.intensity != .physical || !data.rayDropModel.isEmpty else { return plain }
    guard !isLearned || !data.intensityModel.isEmpty else {
      throw TrainingError(
        .invalidConfiguration, "no model is named for \(data.intensity.rawValue) intensities",
        remedy: "name one by the data's intensityModel", path: data.path)
    }
    return RenderedSource(
      plain, intensity: data.intensity,
      by: isLearned ? try renderer(.intensity, data.intensityModel) : nil,
      rayDrop: data.rayDropModel.isEmpty ? nil : try renderer(.rayDrop, data.rayDropModel))
  }

  private func renderer(
    _ rendering: ModelDescription.Rendering, _ path: String
  ) throws -> ImageRenderer {
    try ImageRenderer(try ModelFile.read(path), of: rendering, path: path, backend: .fastest)
  }

  private func plainSource(_ data: DataConfiguration) throws -> any SampleSource {
    switch data.kind {
    case .streets: return try streets(data)
    case .shards: return try shards(data)
    case .scans: return try scans(data)
    case .auto: return Self.holdsArrays(data.path) ? try shards(data) : try scans(data)
    }
  }

  private func shards(_ data: DataConfiguration) throws -> any SampleSource {
    try ShardSource(
      folder: data.path, geometry: configuration.image, labelMap: labelMap, window: data.window)
  }

  private func scans(_ data: DataConfiguration) throws -> any SampleSource {
    let dataset = try Dataset.open(path: data.path)
    guard data.domain == .source, configuration.task == .segmentation else {
      return try TargetScans(
        dataset, sensor: try SensorOption.table(named: configuration.sensor),
        geometry: configuration.image, labelMap: labelMap, window: data.window,
        threadCount: threadCount, remark: console.warn
      ).source
    }
    let source = try ScanSource(
      dataset, geometry: configuration.image, labelMap: labelMap, window: data.window,
      sensor: try dataset.sensor.map(SensorOption.table(named:)))
    if source.leftOutCount > 0 {
      console.warn("\(source.leftOutCount) scans of \(data.path) have no labels and are left out")
    }
    return source
  }

  private func streets(_ data: DataConfiguration) throws -> any SampleSource {
    #if Simulator
    var simulation = SimulationConfiguration()
    simulation.frames = 1
    simulation.labels = data.boxLabels ? .box : .surface
    return try StreetSource(
      simulation, sensor: try SensorOption.table(named: data.path), seed: data.seed,
      geometry: configuration.image, labelMap: labelMap, window: data.window)
    #else
    throw TrainingError(
      .unsuitableData, "this program was built without the simulator",
      remedy: "train from stored scans by --data, or build with the trait Simulator",
      path: data.path)
    #endif
  }

  /// Whether a folder holds NumPy arrays, as the simulator's shards and SqueezeSeg's images are.
  private static func holdsArrays(_ path: String) -> Bool {
    let root = URL(fileURLWithPath: path)
    return [root, root.appending(path: "shards"), root.appending(path: "lidar_2d")].contains {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? []
      return names.contains { $0.hasSuffix(".npy") && !$0.hasPrefix(".") }
    }
  }
}
