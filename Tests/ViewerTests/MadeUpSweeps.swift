#if Viewer
import Exchange
import Kernels
import Pictures
import PointClouds
import Segmentation
import TestSupport
import Viewer

/// Small sweeps, labelled by a small model.
struct MadeUpSweeps {
  private let pipeline: SegmentationPipeline
  let palette: ClassPalette

  init() throws {
    pipeline = try SegmentationPipeline(
      TinyModel.make(), configuration: SegmentationConfiguration(backend: .reference))
    palette = ClassPalette(pipeline.model.description.labelMap)
  }

  func content(points: Int = 200, truth: [PointLabel]? = nil) throws -> SweepBytes.Content {
    content(of: RandomScan.cloud(count: points, seed: 3), truth: truth)
  }

  func content(of cloud: PointCloud, truth: [PointLabel]? = nil) -> SweepBytes.Content {
    guard let result = try? pipeline.segment(cloud, from: nil) else {
      preconditionFailure("the model takes any points")
    }
    return SweepBytes.Content(cloud: cloud, result: result, truth: truth, time: 5_000_000)
  }

  func sweep(_ number: Int, points: Int = 200) throws -> SweepBytes {
    SweepBytes(
      try content(points: points), number: number, name: "frame \(number)", palette: palette)
  }

  func description(_ kind: SourceDescription.Kind, count: Int = 0) -> SourceDescription {
    SourceDescription(
      name: "made up", kind: kind, sweeps: (0..<count).map { "frame \($0)" }, palette: palette,
      model: "tiny")
  }

  /// Stored sweeps of which the second cannot be read.
  func stored(count: Int = 3) throws -> StoredSweeps {
    let sweeps = try (0..<count).map { try sweep($0) }
    return StoredSweeps(description(.stored, count: count)) { number in
      guard number != 1 else {
        throw SweepFault(.failed, "frame 1: the file is gone", remedy: "bring it back")
      }
      return sweeps[number]
    }
  }
}
#endif
