import DomainCalibration
package import Exchange
import Foundation
package import Kernels
import PointClouds
package import RangeImages
import Tensors
package import Training

/// What a model says of images without labels: the most probable class of each cell and how probable it
/// is, and how sure and how steady it is as a whole.
package struct TargetView: Sendable {
  /// The most probable class of each cell, image by image.
  package private(set) var classes: [[UInt8]] = []
  /// Its probability.
  package private(set) var confidences: [[Float]] = []
  /// The mean entropy of the cells' classes, in nats.
  package private(set) var entropy = 0.0
  /// The share of cells, among those that either view takes for something else than the class that
  /// reads the rest, to which the image and its mirror image give the same class.
  package private(set) var agreement = 1.0

  /// Looks at images, and at their mirror images.
  ///
  /// - Parameters:
  ///   - images: of the model's size.
  ///   - model: whose scores are those of probabilities.
  ///   - mirrors: whether probabilities are means over both views.
  ///   - objects: settles the classes of objects, if there is one; what it changes is sure.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: `GraphError` where the network cannot be prepared for inference.
  package init(
    of images: [LabelledImage], by model: Model, mirrors: Bool, objects: ObjectVote? = nil,
    backend: Backend, threadCount: Int
  ) throws {
    let scorer = try ImageScorer(model, backend: backend, threadCount: threadCount)
    let count = model.description.labelMap.classes.count
    let rest = UInt8(model.description.labelMap.restPosition ?? 0)
    var (cells, same, either) = (0, 0, 0)
    for image in images {
      let plain = Self.probabilities(scorer.scores(of: image).elements, classes: count)
      var mirrored = image
      mirrored.mirror()
      let other = Self.mirrored(
        Self.probabilities(scorer.scores(of: mirrored).elements, classes: count),
        columns: image.columns, classes: count)
      var found = [UInt8](repeating: LabelledImage.ignoredClass, count: image.count)
      var sure = [Float](repeating: 0, count: image.count)
      for cell in 0..<image.count where image.isOccupied(cell) {
        let range = cell * count..<(cell + 1) * count
        let means = range.map { mirrors ? (plain[$0] + other[$0]) / 2 : plain[$0] }
        let best = Self.greatest(means[...])
        (found[cell], sure[cell]) = (UInt8(best), means[best])
        entropy -= means.reduce(0) { $0 + ($1 > 0 ? Double($1 * log($1)) : 0) }
        cells += 1
        let (a, b) = (Self.greatest(plain[range]), Self.greatest(other[range]))
        guard a != rest || b != rest else { continue }
        either += 1
        if a == b { same += 1 }
      }
      if let objects {
        let settled = objects.settled(found, in: image.rangeImage, of: image.geometry)
        for cell in settled.indices where settled[cell] != found[cell] { sure[cell] = 1 }
        found = settled
      }
      classes.append(found)
      confidences.append(sure)
    }
    entropy /= Double(max(1, cells))
    agreement = either == 0 ? 1 : Double(same) / Double(either)
  }

  private static func greatest(_ values: ArraySlice<Float>) -> Int {
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return best - values.startIndex
  }

  private static func probabilities(_ scores: [Float], classes: Int) -> [Float] {
    var probabilities = scores
    for first in stride(from: 0, to: scores.count, by: classes) {
      let range = first..<first + classes
      let greatest = scores[range].max() ?? 0
      var sum: Float = 0
      for index in range {
        probabilities[index] = exp(scores[index] - greatest)
        sum += probabilities[index]
      }
      for index in range { probabilities[index] /= sum }
    }
    return probabilities
  }

  private static func mirrored(_ values: [Float], columns: Int, classes: Int) -> [Float] {
    var mirrored = values
    for cell in 0..<values.count / classes {
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      let other = row * columns + columns - 1 - column
      for k in 0..<classes { mirrored[cell * classes + k] = values[other * classes + k] }
    }
    return mirrored
  }
}
