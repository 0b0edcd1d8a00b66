package import RangeImages

/// A range image as the input of a network: channels by cell, normalised.
///
/// Training and inference fill their inputs here, so that a network sees the same figures in both.
package struct FeatureImage: Sendable {
  private let description: InputDescription
  private let intensityScale: Float
  /// Far beyond what a sensor measures, and small enough that no sum in a network overflows: one
  /// absurd point must not spoil the cells around it.
  package static let limit: Float = 1e4

  /// `intensityScale` brings the source's intensities to 0...1.
  package init(_ description: InputDescription, intensityScale: Float) {
    self.description = description
    self.intensityScale = intensityScale
  }

  /// What the cells of an image hold: one array per channel, row by row.
  package struct Cells {
    /// Metres forward, to the left and up.
    package var x, y, z: [Float]
    /// In the unit of the source.
    package var intensity: [Float]
    /// Metres from the sensor.
    package var range: [Float]

    /// Cells of the given channels.
    package init(x: [Float], y: [Float], z: [Float], intensity: [Float], range: [Float]) {
      (self.x, self.y, self.z) = (x, y, z)
      (self.intensity, self.range) = (intensity, range)
    }
  }

  /// Fills `memory` (`[H, W, C]`) from an image of the same rows and columns; a value that is not
  /// finite, such as an intensity, is taken for an empty cell's.
  package func fill(_ memory: UnsafeMutableBufferPointer<Float>, from image: RangeImage) {
    let cells = Cells(
      x: image.x, y: image.y, z: image.z, intensity: image.intensity, range: image.range)
    image.pointIndex.withUnsafeBufferPointer { index in
      fill(memory, from: cells) { index[$0] >= 0 }
    }
  }

  /// The same from cells, of which those are empty that have a range of 0.
  package func fill(_ memory: UnsafeMutableBufferPointer<Float>, from cells: Cells) {
    cells.range.withUnsafeBufferPointer { range in
      fill(memory, from: cells) { range[$0] > 0 }
    }
  }

  @inline(__always)
  private func fill(
    _ memory: UnsafeMutableBufferPointer<Float>, from cells: Cells,
    where isOccupied: (Int) -> Bool
  ) {
    let count = description.channels.count
    precondition(
      memory.count == cells.range.count * count,
      "\(memory.count) elements for \(cells.range.count) cells of \(count) channels")
    for (position, channel) in description.channels.enumerated() {
      if channel == .mask {
        fillMask(position, stride: count, memory, where: isOccupied)
      } else {
        fill(channel, at: position, stride: count, memory, from: cells, where: isOccupied)
      }
    }
  }

  @inline(__always)
  private func fill(
    _ channel: InputDescription.Channel, at position: Int, stride: Int,
    _ memory: UnsafeMutableBufferPointer<Float>, from cells: Cells,
    where isOccupied: (Int) -> Bool
  ) {
    let mean = description.mean[position]
    let scale = 1 / description.deviation[position]
    let empty = description.normalizesEmptyCells ? -mean * scale : 0
    let factor = channel == .intensity ? intensityScale : 1
    values(of: channel, in: cells).withUnsafeBufferPointer { values in
      for cell in values.indices {
        let value = (values[cell] * factor - mean) * scale
        let isKnown = isOccupied(cell) && value.isFinite
        memory[cell * stride + position] =
          isKnown ? max(-Self.limit, min(Self.limit, value)) : empty
      }
    }
  }

  @inline(__always)
  private func fillMask(
    _ position: Int, stride: Int, _ memory: UnsafeMutableBufferPointer<Float>,
    where isOccupied: (Int) -> Bool
  ) {
    let mean = description.mean[position]
    let scale = 1 / description.deviation[position]
    for cell in 0..<memory.count / stride {
      memory[cell * stride + position] = isOccupied(cell) ? (1 - mean) * scale : 0
    }
  }

  private func values(of channel: InputDescription.Channel, in cells: Cells) -> [Float] {
    switch channel {
    case .x: cells.x
    case .y: cells.y
    case .z: cells.z
    case .intensity: cells.intensity
    case .range, .mask: cells.range
    }
  }
}
