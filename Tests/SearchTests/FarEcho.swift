import Datasets
import Graphs
import Kernels
import Networks
import PointClouds
import Randomness
import RangeImages

@testable import Search
@testable import Training

/// Images whose classes are told by a cell sixteen columns away: only a block that looks that far helps.
struct FarEcho: SampleSource {
  static let window = ImageGeometry(rows: 4, columns: 64, left: 45, right: -45, rowRule: .ring)
  let name = "far echo"
  let count: Int? = nil
  let geometry = FarEcho.window
  let labelMap: LabelMap

  func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) {
    image.emptyAll()
    var stream = key.stream
    // Runs of four columns, so that nothing is lost where columns are reduced by four.
    let signs = (0..<image.columns / 4).map { _ in stream.sign() }
    for cell in 0..<image.count {
      let run = cell % image.columns / 4
      (image.x[cell], image.range[cell]) = (10 + 8 * signs[run], 12)
      guard run >= 4 else { continue }
      image.classes[cell] = signs[run - 4] > 0 ? 1 : 0
    }
  }

  /// Two places: one where looking far is possible, one where it is not.
  static let space: BlockNetworkConfiguration = {
    var space = BlockNetworkConfiguration(
      stem: 8,
      stages: [
        .init(
          width: 12, stride: Extent(1, 2), places: [[.skip, .context], [.skip, .residual]])
      ],
      decoder: [[]], head: 4, headPlaces: [])
    space.size = Extent(4, 64)
    return space
  }()

  /// One place where looking far is possible, and a second stage that can be left out.
  static let spaceOfStages: BlockNetworkConfiguration = {
    var stages = FarEcho.space
    stages.stages[0].places = [[.skip, .context]]
    stages.stages.append(.init(width: [0, 12], stride: Extent(2, 1), places: []))
    stages.decoder = [[], []]
    return stages
  }()

  /// The far block and the near one take as long; there is time for one of them.
  static let latencies = CandidateLatencies(byPlace: [[0, 1], [0, 1]], rest: 1)

  static func configuration(seed: UInt64) -> SearchConfiguration {
    var configuration = SearchConfiguration()
    configuration.space = space
    configuration.training.image = window
    configuration.training.batch = 4
    configuration.training.seed = seed
    configuration.training.loss.coefficient = 1
    configuration.training.loss.focusing = 0
    configuration.training.optimizer.method = .adamW
    configuration.training.schedule.rate = 0.01
    configuration.training.schedule.course = .cosine
    configuration.training.checkpointSteps = 100
    configuration.training.metricsSteps = 50
    configuration.schedule.steps = 360
    configuration.schedule.warmupSteps = 160
    configuration.schedule.weightSteps = 1
    configuration.latency.target = 2
    return configuration
  }

  static func searcher(
    _ configuration: SearchConfiguration, folder: String, resumes: Bool = false,
    latencies: CandidateLatencies = FarEcho.latencies
  ) throws -> Searcher {
    let map = try LabelMap.bundled("four-classes")
    let context = SearchContext(
      configuration: configuration, recipe: "\(configuration)", labelMap: map,
      networks: SearchSpace(configuration.space), latencies: latencies, folder: folder,
      resumes: resumes,
      threadCount: 2, backend: .fastest, program: "test", machine: [:])
    func samples(_ isRare: Bool) throws -> SampleSequence {
      let part = SampleSplit(FarEcho(labelMap: map), share: 0.2, isRare: isRare)
      return try SampleSequence(
        try SourceMix([SourceMix.Part(part, order: .sequential(count: nil))]),
        augmentation: .none, seed: configuration.training.seed)
    }
    return try Searcher(
      context, weightSamples: try samples(false), architectureSamples: try samples(true))
  }
}
