import Evaluation
import Exchange
import Graphs
import PointClouds
import RangeImages
import Segmentation
import Sensors

/// Scores of a model with and without what comes behind its network: the objects' vote, the neighbours'
/// vote, and, where it has one, a recurrent CRF.
struct EvaluateSettings {
  private struct Variant {
    var usesCRF: Bool?
    var post: PostProcessing
    var tally: Tally
  }

  private var variants: [Variant] = []
  /// The model without its CRF; nothing where it has none.
  private let plain: SegmentationPipeline?
  private let pipeline: SegmentationPipeline

  init(_ pipeline: SegmentationPipeline, protocols: [EvaluationProtocol]) throws {
    let hasCRF = pipeline.model.description.graph.hasRecurrentCRF
    var configuration = pipeline.configuration
    self.pipeline = pipeline
    configuration.refines = false
    plain =
      hasCRF ? try SegmentationPipeline(pipeline.model, configuration: configuration) : nil
    let tally = Tally(labelMap: pipeline.model.description.labelMap, protocols: protocols)
    for usesCRF in hasCRF ? [true, false] : [nil] {
      for post in PostProcessing.allCases {
        variants.append(Variant(usesCRF: usesCRF, post: post, tally: tally))
      }
    }
  }

  /// Labels of one scan, in the order of the settings; `segmented` is what the model made of it with its
  /// CRF.
  func labels(
    of cloud: PointCloud, _ segmented: SegmentedScan, from sensor: SensorTable?
  ) throws -> [[PointLabel]] {
    let others = try plain.map { [try $0.segment(cloud, from: sensor)] } ?? []
    return ([segmented] + others).flatMap { scan in
      PostProcessing.allCases.map { post in
        labels(
          pipeline.carry(
            scan.cellClasses, through: scan.projection, to: cloud, by: post.carrying))
      }
    }
  }

  /// Counts the labels that `labels(of:_:from:)` gave for a scan.
  mutating func add(_ labels: [[PointLabel]], of scan: EvaluatedScan) throws {
    for (index, prediction) in labels.enumerated() {
      try variants[index].tally.add(
        EvaluatedScan(
          drive: scan.drive, frame: scan.frame, cloud: scan.cloud, truth: scan.truth,
          prediction: prediction))
    }
  }

  /// Puts the scores beside those of the headline.
  func put(into result: inout EvaluationResult) throws {
    for variant in variants {
      // Nobody reads intervals of these.
      let scores = try variant.tally.result(bootstrap: Bootstrap(resampleCount: 1))
      result.add(
        setting: scores, usesCRF: variant.usesCRF,
        usesObjects: variant.post == .objects, usesVote: variant.post != .none)
    }
  }

  private func labels(_ classes: [UInt8]) -> [PointLabel] {
    let map = variants[0].tally.labelMap
    let written = map.classes.indices.map(map.label(ofClass:))
    return classes.map { $0 == LabelCarrier.noLabel ? .unlabelled : written[Int($0)] }
  }
}
