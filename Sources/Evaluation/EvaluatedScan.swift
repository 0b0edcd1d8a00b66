public import Datasets
public import PointClouds
public import RangeImages

/// One scan with its truth and what a model says of it.
public struct EvaluatedScan: Sendable {
  /// The recording it belongs to.
  public var drive: String
  /// Its name within the drive.
  public var frame: String
  /// The points.
  public var cloud: PointCloud
  /// One label per point, of which only the semantic half counts.
  public var truth: [PointLabel]
  /// One label per point, of which only the semantic half counts.
  public var prediction: [PointLabel]
  /// The annotated objects, or nothing where boxes are not known.
  public var boxes: [ObjectBox]?
  /// What the network saw and said, or nothing where only labels are known.
  public var image: ClassifiedImage?

  /// A scan; see the properties.
  public init(
    drive: String, frame: String = "", cloud: PointCloud, truth: [PointLabel],
    prediction: [PointLabel], boxes: [ObjectBox]? = nil, image: ClassifiedImage? = nil
  ) {
    self.drive = drive
    self.frame = frame
    self.cloud = cloud
    self.truth = truth
    self.prediction = prediction
    self.boxes = boxes
    self.image = image
  }

  /// Checks that there is one label for every point, and one class for every cell.
  ///
  /// - Throws: `mismatched`.
  func check() throws(EvaluationError) {
    let pairs: [(what: String, count: Int, expected: Int)] = [
      ("labels of truth", truth.count, cloud.count),
      ("labels predicted", prediction.count, cloud.count),
      ("points projected", image?.projection.fates.count ?? cloud.count, cloud.count),
      ("classes of cells", image?.classes.count ?? 0, image?.projection.image.count ?? 0),
      ("probabilities of cells", image?.confidence.count ?? 0, image?.projection.image.count ?? 0),
    ]
    for pair in pairs where pair.count != pair.expected {
      let noun = pair.what.hasSuffix("cells") ? "cells" : "points"
      throw EvaluationError(
        .mismatched, "\(pair.count) \(pair.what) for \(pair.expected) \(noun)",
        remedy: "Compare labels of the same scan.")
    }
  }
}

/// A range image and the class of each of its cells, before labels are carried back to points.
public struct ClassifiedImage: Sendable {
  /// The image, and what became of each point.
  public var projection: Projection
  /// The position of each cell's class in the label map, row by row.
  public var classes: [UInt8]
  /// The probability of each cell's class, 0...1, row by row.
  public var confidence: [Float]

  /// An image; see the properties.
  public init(projection: Projection, classes: [UInt8], confidence: [Float]) {
    self.projection = projection
    self.classes = classes
    self.confidence = confidence
  }
}
