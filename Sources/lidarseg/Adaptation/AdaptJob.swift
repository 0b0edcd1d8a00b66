import Adaptation
import ArgumentParser
import Datasets
import DomainCalibration
import Exchange
import Foundation
import Graphs
import Kernels
import PointCloudIO
import PointClouds
import Randomness
import RangeImages
import Ranks
import Recipes
import Training

/// One adaptation: rounds of learning, candidates, and the choice among them.
struct AdaptJob {
  let configuration: AdaptationConfiguration
  let source: Model
  let target: String
  let out: String
  let resumes: Bool
  let labelled: Int
  let labelledFrom: String
  let backend: Backend
  let verb: VerbOptions

  /// What it came to.
  struct Outcome: Encodable {
    var model: String
    var chosen: String
    var scans: Int
    var candidates: [Candidate]
    var seconds: Double
  }

  private var threadCount: Int { verb.threadCount }
  private var map: LabelMap { source.description.labelMap }
  private var geometry: ImageGeometry { source.description.geometry }

  func run() throws -> Outcome {
    let start = Date()
    // What cannot be learned on from is refused before anything is made of it.
    let training = try training()
    let labels = try labelledParts()
    let scans = try targetScans()
    let windows = try windows(of: scans)
    let images = windows[0]
    try OutputFolder.make(URL(fileURLWithPath: out))
    let judge = try AdaptJudge(
      images: images, model: source, heldCount: configuration.simulatedImages, backend: backend,
      verb: verb)
    var models = [source]
    var candidates = [try judge.candidate("source", source)]
    for round in 1...max(1, configuration.rounds) {
      let teacher = models[models.count - 1]
      let part = try targetPart(scans, windows.flatMap(\.self), teacher: teacher, judge)
      let model = try learn(training, round: round, from: teacher, parts: [part] + labels)
      for blend in configuration.blends {
        let name = blend > 0 ? "round \(round), blend \(blend)" : "round \(round)"
        let candidate = try blended(model, blend, images)
        models.append(candidate)
        candidates.append(try judge.candidate(name, candidate))
      }
    }
    let chosen = candidates.chosen(allowedLoss: configuration.allowedLoss)
    let path = URL(fileURLWithPath: out).appending(path: "adapted.safetensors").path
    try write(
      try judge.withTemperature(models[chosen]), to: path, scans: images.count,
      candidates[chosen])
    let outcome = Outcome(
      model: path, chosen: candidates[chosen].name, scans: images.count, candidates: candidates,
      seconds: Date().timeIntervalSince(start))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      [UInt8](try encoder.encode(outcome)),
      to: URL(fileURLWithPath: out).appending(path: "adaptation.json").path)
    return outcome
  }

  /// A step aligns half a batch of the target's images, which shall not all be the same.
  private func targetScans() throws -> ScanSource {
    var dataset = try Dataset.open(path: target)
    let (count, all) = (configuration.targetScans, dataset.scans)
    if (1..<all.count).contains(count) {
      dataset.scans = (0..<count).map { all[all.count * $0 / count] }
    }
    return try TargetScans(
      dataset,
      sensor: try SensorOption.table(named: configuration.training.sensor), geometry: geometry,
      labelMap: map, window: .front, minimumCount: max(2, configuration.training.batch / 2),
      threadCount: threadCount, remark: verb.console.warn
    ).source
  }

  /// Images of all scans: those that look ahead, then as many in each of the other drawn directions.
  private func windows(of scans: ScanSource) throws -> [[LabelledImage]] {
    let key = RandomKey(seed: configuration.training.seed)
    return try (0..<(geometry.isFullSweep ? 1 : configuration.windows)).map { number in
      let source = scans.looking(number == 0 ? .front : .drawn)
      return try ParallelMap.map(count: scans.count ?? 0, threadCount: threadCount) { index in
        try source.image(
          at: index, key: key.key(purpose: UInt64(number), index: index))
      }
    }
  }

  /// The target's images: with the teacher's surest labels, or in any direction and without labels.
  private func targetPart(
    _ scans: ScanSource, _ images: [LabelledImage], teacher: Model, _ judge: AdaptJudge
  ) throws -> SourceMix.Part {
    let key = SampleSequence.orderKey(
      seed: configuration.training.seed, part: configuration.training.data.count)
    guard configuration.rounds > 0 else {
      return SourceMix.Part(
        scans, weight: configuration.targetWeight,
        order: .shuffled(count: scans.count ?? images.count, key: key), domain: .target)
    }
    let calibrated = try judge.calibrated(teacher)
    let view = try TargetView(
      of: images, by: calibrated, mirrors: configuration.pseudoLabels.mirrors,
      objects: configuration.pseudoLabels.objects ? ObjectVote(map) : nil, backend: backend,
      threadCount: threadCount)
    let labels = PseudoLabels(
      images, as: view, classCount: map.classes.count, configuration.pseudoLabels)
    verb.console.talk(
      "believed: "
        + zip(map.classes, zip(labels.counts, labels.thresholds)).map {
          "\($0.name) \($1.0) cells from \(String(format: "%.3f", $1.1))"
        }.joined(separator: ", "))
    return SourceMix.Part(
      ImageList(labels.images, named: target, labelMap: map), weight: configuration.targetWeight,
      order: .shuffled(count: images.count, key: key), domain: .target)
  }

  /// What every round does, with the network that the model was trained as.
  private func training() throws -> TrainingConfiguration {
    var training = configuration.training
    let keep = training.network.keep
    training.network = try NetworkConfiguration(
      matching: source.description.graph, classCount: map.classes.count,
      size: Extent(geometry.rows, geometry.columns))
    training.network.keep = keep
    training.image = geometry
    training.labelMap = map.name
    training.name = source.description.name
    try training.validate(classCount: map.classes.count)
    return training
  }

  /// Learns on from a teacher's weights, or takes over what was learned before.
  private func learn(
    _ training: TrainingConfiguration, round: Int, from teacher: Model, parts: [SourceMix.Part]
  ) throws -> Model {
    let folder = URL(fileURLWithPath: out).appending(path: "round-\(round)")
    let initial = folder.appendingPathExtension("safetensors").path
    try ModelFile.write(teacher, to: initial)
    var training = training
    training.initialWeights = initial
    let final = folder.appending(path: "final.safetensors").path
    let job = TrainingJob(
      configuration: training, labelMap: map, folder: folder.path, resumes: resumes,
      backend: backend, verb: verb)
    let summary = try job.run(and: parts, validates: false)
    try TrainingJob.stopIfAsked(isDone: summary.step == summary.steps)
    return try ModelFile.read(final)
  }

  /// So many scans with labels, spread over all that have some.
  private func labelledParts() throws -> [SourceMix.Part] {
    guard labelled > 0 else { return [] }
    var dataset = try Dataset.open(path: labelledFrom)
    let known = dataset.scans.filter { $0.truth != .none }
    guard known.count >= labelled else {
      throw TrainingError(
        .unsuitableData, "\(known.count) scans have labels, and \(labelled) are asked for",
        remedy: "name a folder with more by --labelled-from, or ask for fewer", path: labelledFrom)
    }
    dataset.scans = (0..<labelled).map { known[known.count * $0 / labelled] }
    let source = try ScanSource(
      dataset, geometry: geometry, labelMap: map, window: .front,
      sensor: try dataset.sensor.map(SensorOption.table(named:)))
    let key = SampleSequence.orderKey(
      seed: configuration.training.seed, part: configuration.training.data.count + 1)
    return [
      SourceMix.Part(
        source, weight: configuration.labelledWeight,
        order: .shuffled(count: source.count ?? labelled, key: key), domain: .target)
    ]
  }

  private func blended(_ model: Model, _ blend: Double, _ images: [LabelledImage]) throws -> Model {
    guard blend > 0 else { return model }
    return try DomainCalibration(blend: blend).calibrated(
      model, to: images, backend: backend, threadCount: threadCount
    ).model
  }

  private func write(
    _ model: Model, to path: String, scans: Int, _ candidate: Candidate
  ) throws {
    var model = model
    model.description.name = "\(source.description.name)-adapted"
    model.description.card = ModelCard(
      summary: "\(source.description.card.summary) Adapted to \(scans) scans without labels.",
      training: "\(source.description.card.training) Adapted by lidarseg \(Lidarseg.version) to "
        + "\(scans) scans of \(target)"
        + (labelled > 0 ? " and the labels of \(labelled) scans" : "") + ": \(candidate.name).",
      figures: [
        "mIoU, \(configuration.simulatedImages) simulated images": candidate.simulatedIoU
      ],
      license: "\(source.description.card.license), and that of the scans it was adapted to")
    try ModelFile.write(model, to: path)
  }
}
