import Exchange
import Foundation
import Graphs
import Kernels
import Networks
import PointClouds
import RangeImages
import Recipes
import Search
import Training

/// A search for how many bits each layer needs: what is learned of the bits, and the models of the plans that
/// were found beside those of one number of bits.
struct PrecisionSearchJob {
  let configuration: SearchConfiguration
  let learning: QuantizeLearning

  /// Searches, and lets what is found learn on.
  ///
  /// - Returns: the plans, the one that was found first.
  /// - Throws: `.unreachable` where no plan has the wanted size; what training throws.
  func run() throws -> PrecisionFront {
    try configuration.validate()
    guard configuration.latency.form == .sum else {
      throw SearchError(
        .invalidConfiguration, "latency.form product takes milliseconds, and plans have a size",
        remedy: "use latency.form=sum")
    }
    var configuration = configuration
    configuration.training = try learning.completed(configuration.training)
    try learning.begin()
    let sources = TrainingSources(
      configuration.training, labelMap: learning.labelMap, threadCount: learning.verb.threadCount,
      console: learning.verb.console)
    let share = configuration.schedule.architectureShare
    let samples = try sources.samples(part: { SampleSplit($0, share: share, isRare: false) })
    let space = try space(configuration, samples)
    let sizes = space.sizes(countingImages: configuration.bits.countsImages)
    try Derivation.check(sizes, reaches: configuration.latency.target)
    let run = SearchRun(
      configuration: configuration, labelMap: learning.labelMap, networks: space,
      latencies: sizes, folder: learning.path("search"), resumes: learning.resumes,
      backend: learning.backend, verb: learning.verb)
    let searched = try run.run()
    let found = try Derivation(searched.architecture, sizes, target: configuration.latency.target)
      .networks(count: configuration.derivedCount, seed: configuration.training.seed)
    var rows = found.enumerated().map { number, choices in
      PrecisionRow(
        name: "\(configuration.name)-\(number + 1)", kind: .searched,
        kibibytes: sizes.total(of: choices), bits: space.plan(choices))
    }
    rows += uniform(space, sizes)
    let front = PrecisionFront(
      searchSeconds: searched.seconds, rows: try learned(rows, configuration.training))
    try front.write(to: learning.folder)
    return front
  }

  /// The plans by which all weights have as many bits.
  private func uniform(_ space: PrecisionSpace, _ sizes: CandidateLatencies) -> [PrecisionRow] {
    let (weights, images) = (configuration.bits.weights, configuration.bits.images)
    guard let image = images.indices.max(by: { images[$0] < images[$1] }) else { return [] }
    return weights.filter { $0 > 0 }.sorted(by: >).map { bits in
      let choices = space.bits.enumerated().map { position, list in
        position < space.weightCount ? list.firstIndex(of: bits) ?? 0 : image
      }
      return PrecisionRow(
        name: "uniform-\(bits)", kind: .uniform, kibibytes: sizes.total(of: choices),
        bits: space.plan(choices))
    }
  }

  private func space(
    _ configuration: SearchConfiguration, _ samples: SampleSequence
  ) throws -> PrecisionSpace {
    let training = configuration.training
    let classCount = learning.labelMap.classes.count
    func network(_ geometry: ImageGeometry, batch: Int) throws -> Graph {
      try training.network.graph(
        classCount: classCount, size: Extent(geometry.rows, geometry.columns), batch: batch)
    }
    let places = try network(training.image, batch: 1).roundingPlaces()
    let ranges = try InitialRanges.measured(
      places, of: try network(samples.geometry, batch: training.batch),
      learning.model.parameters,
      in: try samples.firstBatches(
        images: configuration.bits.calibrationImages, training,
        share: try BatchQueue.Share(batchSize: training.batch)),
      backend: learning.backend, threadCount: learning.verb.threadCount)
    return PrecisionSpace(
      training.network, classCount: classCount, places: places,
      weights: learning.model.parameters.merging(ranges) { $1 }, candidates: configuration.bits)
  }

  /// Lets each plan's network learn on, and measures them all.
  private func learned(
    _ rows: [PrecisionRow], _ training: TrainingConfiguration
  ) throws -> [PrecisionRow] {
    var (models, measured) = ([learning.model], rows)
    for (position, row) in rows.enumerated() {
      learning.verb.console.talk("training \(row.name)")
      var own = training
      own.name = row.name
      own.rounding.follow(row.bits)
      let learned = try learning.learned(own, as: row.name)
      models.append(learned.model)
      measured[position].model = learned.path
    }
    let scores = try learning.scores(of: models, training)
    for (position, score) in scores.dropFirst().enumerated() { measured[position].meanIoU = score }
    measured.append(
      PrecisionRow(
        name: learning.model.description.name, kind: .floats,
        kibibytes: 4 * Double(learning.model.description.graph.parameterCount(.trainable)) / 1024,
        bits: [:], model: learning.path("source.safetensors"), meanIoU: scores[0]))
    return measured
  }
}
