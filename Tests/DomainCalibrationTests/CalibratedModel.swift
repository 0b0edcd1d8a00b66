import Datasets
import Exchange
import Graphs
import Networks
import PointClouds
import RangeImages
import Tensors
import TestSupport
import Training

/// A small SqueezeSegV2 with drawn weights, and images to calibrate it to.
enum CalibratedModel {
  static let geometry = ImageGeometry(
    rows: 6, columns: 32, left: 45, right: -45, rowRule: .ring)

  static func model() throws -> Model {
    var network = NetworkConfiguration()
    network.width = 0.25
    network.keep = 1
    network.order = .normalizationThenActivation
    let graph = try network.graph(classCount: 4, size: Extent(6, 32), batch: 1)
    return try Model(
      ModelDescription(
        name: "small", graph: graph, input: network.input, geometry: geometry,
        labelMap: LabelMap.bundled("four-classes"),
        card: ModelCard(summary: "", training: "", figures: ["a": 1], license: "")),
      parameters: WeightInitialization.weights(for: graph, seed: 5))
  }

  /// Images whose values are those of another domain: farther, and brighter.
  static func images(_ count: Int, seed: UInt64 = 1) -> [LabelledImage] {
    (0..<count).map { number in
      var numbers = SeededNumbers(seed: seed &+ UInt64(number))
      var image = LabelledImage(geometry)
      for cell in 0..<image.count where cell % 5 != number % 5 {
        image.x[cell] = 20 + 10 * numbers.unit()
        image.y[cell] = 8 * numbers.unit()
        image.z[cell] = numbers.unit()
        image.intensity[cell] = 0.5 + 0.4 * numbers.unit()
        image.range[cell] = image.x[cell]
        image.classes[cell] = UInt8(cell % 4)
      }
      return image
    }
  }
}

extension SeededNumbers {
  /// A number from -1 to 1.
  mutating func unit() -> Float { Float.random(in: -1...1, using: &self) }
}
