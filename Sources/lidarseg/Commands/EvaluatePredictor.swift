import Datasets
import Evaluation
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Segmentation
import Sensors

/// Where the labels that are measured come from.
struct EvaluatePredictor {
  private enum Source {
    case files(Dataset, folder: String)
    case model(SegmentationPipeline)
  }

  /// What is said of one scan.
  struct Prediction {
    var labels: [PointLabel]
    /// What the model made of it; nothing where labels were read.
    var segmented: SegmentedScan?

    /// What the network saw and said.
    var image: ClassifiedImage? {
      segmented.map {
        ClassifiedImage(
          projection: $0.projection, classes: $0.cellClasses, confidence: $0.cellConfidence)
      }
    }
  }

  /// The model's name, or the folder's path.
  let name: String
  let map: LabelMap
  private let source: Source

  /// Labels of a folder, read by the data set's own label map.
  init(folder: String, of dataset: Dataset) throws {
    name = folder
    map = try dataset.labelMap ?? LabelMap.bundled("four-classes")
    source = .files(dataset, folder: folder)
  }

  /// Labels of a model.
  init(_ pipeline: SegmentationPipeline, named name: String) {
    self.name = name
    map = pipeline.model.description.labelMap
    source = .model(pipeline)
  }

  /// The model, where labels are not read.
  var pipeline: SegmentationPipeline? {
    if case .model(let pipeline) = source { pipeline } else { nil }
  }

  func predict(
    _ cloud: PointCloud, _ name: DatasetScan, from sensor: SensorTable?
  ) throws -> Prediction {
    switch source {
    case .files(let dataset, let folder):
      let path = try dataset.predictionPath(of: name, in: folder)
      return Prediction(labels: try LabelFile.read(path, expecting: cloud.count))
    case .model(let pipeline):
      let segmented = try pipeline.segment(cloud, from: sensor)
      return Prediction(labels: segmented.labels, segmented: segmented)
    }
  }
}
