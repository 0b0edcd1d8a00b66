import Exchange
import RangeImages

/// A range image as the input of a network: channels by cell, normalised.
struct FeatureImage {
  private let description: InputDescription
  private let intensityScale: Float
  /// Far beyond what a sensor measures, and small enough that no sum in a network overflows: one
  /// absurd point must not spoil the cells around it.
  private static let limit: Float = 1e4

  /// `intensityScale` brings the source's intensities to 0...1.
  init(_ description: InputDescription, intensityScale: Float) {
    self.description = description
    self.intensityScale = intensityScale
  }

  /// Fills `memory` (`[H, W, C]`) from an image of the same rows and columns; a value that is not
  /// finite, such as an intensity, is taken for an empty cell's.
  func fill(_ memory: UnsafeMutableBufferPointer<Float>, from image: RangeImage) {
    let count = description.channels.count
    precondition(
      memory.count == image.range.count * count,
      "\(memory.count) elements for \(image.range.count) cells of \(count) channels")
    for (position, channel) in description.channels.enumerated() {
      fill(channel, at: position, stride: count, memory, from: image)
    }
  }

  private func fill(
    _ channel: InputDescription.Channel, at position: Int, stride: Int,
    _ memory: UnsafeMutableBufferPointer<Float>, from image: RangeImage
  ) {
    let mean = description.mean[position]
    let scale = 1 / description.deviation[position]
    let empty = description.normalizesEmptyCells && channel != .mask ? -mean * scale : 0
    let (values, factor) = values(of: channel, in: image)
    image.pointIndex.withUnsafeBufferPointer { index in
      values.withUnsafeBufferPointer { values in
        for cell in index.indices {
          let value = (values[cell] * factor - mean) * scale
          let isKnown = index[cell] >= 0 && value.isFinite
          memory[cell * stride + position] =
            isKnown ? max(-Self.limit, min(Self.limit, value)) : empty
        }
      }
    }
  }

  private func values(
    of channel: InputDescription.Channel, in image: RangeImage
  ) -> (values: [Float], factor: Float) {
    switch channel {
    case .x: (image.x, 1)
    case .y: (image.y, 1)
    case .z: (image.z, 1)
    case .intensity: (image.intensity, intensityScale)
    case .range: (image.range, 1)
    case .mask: ([Float](repeating: 1, count: image.range.count), 1)
    }
  }
}
