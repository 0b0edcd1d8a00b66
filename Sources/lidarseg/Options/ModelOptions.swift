import ArgumentParser
import Exchange
import Foundation
import Kernels
import RangeImages
import Segmentation

/// Which model is used, and how.
struct ModelOptions: ParsableArguments {
  /// The bundled model that is used where none is named.
  static let defaultName = "front"

  @Option(help: "A bundled model's name, or a .safetensors file.", completion: .file())
  var model = ModelOptions.defaultName

  @Option(help: "How points find their rows: \(ProjectionName.list); the model's way unless given.")
  var projection: ProjectionName?

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @Flag(help: "Use the kernels that bench inference --tune measured on this machine.")
  var tuned = false

  @Option(help: "How labels reach points: \(PostProcessing.list).")
  var post = PostProcessing.objects

  func loadModel() throws -> Model {
    // A bare name without such a file is a bundled model's.
    if model.hasSuffix(".safetensors") || FileManager.default.fileExists(atPath: model) {
      return try ModelFile.read(model)
    }
    return try BundledModels.model(named: model)
  }

  /// The model, if it runs in floats: what its images hold is no longer true once its weights change.
  ///
  /// - Throws: where it runs in bytes.
  func loadTrainableModel() throws -> Model {
    let loaded = try loadModel()
    guard !loaded.description.isQuantized else {
      throw ErrorReport(
        status: .usage, message: "\(model) runs in bytes, whose ranges are those of its weights",
        remedy: "name the model that it was made of, and quantize the result")
    }
    return loaded
  }

  /// The kernels to use where several could be.
  func selection() throws -> KernelSelection {
    tuned ? try TunedKernels().selection() : .shipped
  }

  func pipeline(threadCount: Int) throws -> SegmentationPipeline {
    try SegmentationPipeline(
      try loadModel(),
      configuration: SegmentationConfiguration(
        backend: try backend.backend(), threadCount: threadCount, selection: try selection(),
        carrying: post.carrying,
        rowRule: projection?.rowRule))
  }
}

/// The projections by the names that people type.
enum ProjectionName: String, CaseIterable, ExpressibleByArgument, Sendable {
  case ring
  case spherical
  case unfold
  case pcl

  /// The rule that gives a point its row; PCL's own image is a check and has none.
  var rowRule: ImageGeometry.RowRule? {
    switch self {
    case .ring: .ring
    case .spherical: .elevation
    case .unfold: .unfolding
    case .pcl: nil
    }
  }
}

/// The backends by the names that people type.
enum BackendName: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto
  case avx512vnni
  case avx512
  case avx2
  case portable
  case openblas
  case reference

  /// The fastest one there is, for `auto`.
  ///
  /// - Throws: where the processor cannot run it.
  func backend() throws -> Backend {
    let backend = Backend(rawValue: rawValue) ?? .fastest
    guard Backend.available.contains(backend) else {
      throw ErrorReport(
        status: .usage, message: "this processor cannot run the backend \(rawValue)",
        remedy: "use --backend auto")
    }
    return backend
  }
}

/// How labels reach points.
enum PostProcessing: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// As `knn`, once the image's objects have settled on classes of their size.
  case objects
  /// By a vote of the nearest neighbours in the image.
  case knn
  /// From the point's own cell.
  case none

  var carrying: SegmentationConfiguration.Carrying {
    switch self {
    case .objects: .objects(NeighbourVote())
    case .knn: .vote(NeighbourVote())
    case .none: .cell
    }
  }
}
