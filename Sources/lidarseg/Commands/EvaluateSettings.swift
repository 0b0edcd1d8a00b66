import Evaluation
import Exchange
import Graphs
import PointClouds
import RangeImages
import Segmentation
import Sensors

/// Scores of a model with and without what comes behind its network: a vote of neighbours, and, where it
/// has one, a recurrent CRF.
struct EvaluateSettings {
  private struct Variant {
    var usesCRF: Bool?
    var usesVote: Bool
    var tally: Tally
  }

  private var variants: [Variant] = []
  /// The model without its CRF; nothing where it has none.
  private let plain: SegmentationPipeline?
  private let threadCount: Int

  init(_ pipeline: SegmentationPipeline, protocols: [EvaluationProtocol]) throws {
    let hasCRF = pipeline.model.description.graph.hasRecurrentCRF
    var configuration = pipeline.configuration
    threadCount = configuration.threadCount
    configuration.refines = false
    plain =
      hasCRF ? try SegmentationPipeline(pipeline.model, configuration: configuration) : nil
    let tally = Tally(labelMap: pipeline.model.description.labelMap, protocols: protocols)
    for usesCRF in hasCRF ? [true, false] : [nil] {
      for usesVote in [true, false] {
        variants.append(Variant(usesCRF: usesCRF, usesVote: usesVote, tally: tally))
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
      let voted = LabelCarrier.voted(
        scan.cellClasses, through: scan.projection, of: cloud, threads: threadCount)
      let own = LabelCarrier.nearestCell(scan.cellClasses, through: scan.projection)
      return [voted, own].map(self.labels)
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
      result.add(setting: scores, usesCRF: variant.usesCRF, usesVote: variant.usesVote)
    }
  }

  private func labels(_ classes: [UInt8]) -> [PointLabel] {
    let map = variants[0].tally.labelMap
    let written = map.classes.indices.map(map.label(ofClass:))
    return classes.map { $0 == LabelCarrier.noLabel ? .unlabelled : written[Int($0)] }
  }
}
