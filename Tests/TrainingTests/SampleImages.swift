import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Randomness
import RangeImages
import TestSupport

@testable import Training

/// Small images, and sources of them.
enum SampleImages {
  /// A window of 90 degrees.
  static let window = ImageGeometry(rows: 4, columns: 16, left: 45, right: -45, rowRule: .ring)
  /// The same cells all the way round.
  static let sweep = ImageGeometry(rows: 4, columns: 64, left: 180, right: -180, rowRule: .ring)

  static func labelMap() throws -> LabelMap { try LabelMap.bundled("four-classes") }

  /// Points in the middles of their cells, a few cells empty, with classes 0 to 3 and some ignored.
  static func image(_ geometry: ImageGeometry, seed: UInt64) -> LabelledImage {
    var random = SeededNumbers(seed: seed)
    var image = LabelledImage(geometry)
    let step = geometry.span / Double(geometry.columns)
    for cell in 0..<image.count where Float.random(in: 0..<1, using: &random) > 0.2 {
      let column = Double(cell % geometry.columns)
      let azimuth = Float((geometry.left - (column + 0.5) * step) * .pi / 180)
      let elevation = Float(-0.02 - 0.05 * Double(cell / geometry.columns))
      let range = Float.random(in: 3...60, using: &random)
      image.x[cell] = range * cos(elevation) * cos(azimuth)
      image.y[cell] = range * cos(elevation) * sin(azimuth)
      image.z[cell] = range * sin(elevation)
      image.range[cell] = range
      image.intensity[cell] = Float.random(in: 0.1...0.9, using: &random)
      let kind = UInt8.random(in: 0...4, using: &random)
      image.classes[cell] = kind < 4 ? kind : LabelledImage.ignoredClass
    }
    return image
  }

  /// The column that a cell's point lies in by its azimuth, as a number with a fraction.
  static func column(of cell: Int, in image: LabelledImage) -> Double {
    let azimuth = Double(atan2(image.y[cell], image.x[cell])) * 180 / .pi
    let turned = (image.geometry.left - azimuth).truncatingRemainder(dividingBy: 360)
    return (turned < 0 ? turned + 360 : turned) / image.geometry.span * Double(image.columns)
  }

  /// The bytes of a shard: x, y, z, intensity, range, label.
  static func shard(
    _ images: [LabelledImage], labels: [Float] = [99, 10, 30, 31, 0], isSweep: Bool = true
  ) -> [UInt8] {
    let values = images.flatMap { image in
      (0..<image.count).flatMap { cell in
        let kind = min(Int(image.classes[cell]), 4)
        return [
          image.x[cell], image.y[cell], image.z[cell], image.intensity[cell], image.range[cell],
          image.range[cell] > 0 ? labels[kind] : 0,
        ]
      }
    }
    let shape = [images[0].rows, images[0].columns, 6]
    return NumpyArray.bytes(shape: isSweep ? [images.count] + shape : shape, values: values)
  }
}

/// Images of a source by a rule.
struct RuledSource: SampleSource {
  var name = "ruled"
  var count: Int?
  var geometry = SampleImages.window
  var labelMap: LabelMap
  /// The image that cannot be read.
  var faulty: Int?

  struct Fault: Error, Equatable {
    var index: Int
  }

  init(count: Int?, geometry: ImageGeometry = SampleImages.window) throws {
    self.count = count
    self.geometry = geometry
    labelMap = try SampleImages.labelMap()
  }

  func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    if index == faulty { throw Fault(index: index) }
    image = SampleImages.image(geometry, seed: UInt64(index))
  }

  /// The samples of this source alone, one after the other.
  func samples(_ augmentation: Augmentation = .none, seed: UInt64 = 1) throws -> SampleSequence {
    let part = SourceMix.Part(self, order: .sequential(count: count))
    return try SampleSequence(SourceMix([part]), augmentation: augmentation, seed: seed)
  }
}
