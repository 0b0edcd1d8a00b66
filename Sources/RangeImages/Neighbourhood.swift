import Dispatch

/// The ranges and classes of an image with a margin around it, in which points look for neighbours.
package struct Neighbourhood: Sendable {
  private let vote: NeighbourVote
  private let half: Int
  private let columns: Int
  private let stride: Int
  private let ranges: [Float]
  private let labels: [UInt8]

  /// The neighbourhood of an image: `labels` and `ranges` have one value per cell, row by row; a
  /// negative range is an empty cell.
  package init(
    labels: [UInt8], ranges: [Float], rows: Int, columns: Int, vote: NeighbourVote, wraps: Bool
  ) {
    precondition(
      labels.count == rows * columns, "\(labels.count) labels for \(rows * columns) cells")
    precondition(
      ranges.count == rows * columns, "\(ranges.count) ranges for \(rows * columns) cells")
    self.vote = vote
    self.columns = columns
    half = vote.window / 2
    stride = columns + 2 * half
    let margin = vote.padsWithZeros ? Float(0) : Float.infinity
    var paddedRanges = [Float](repeating: margin, count: (rows + 2 * half) * stride)
    var paddedLabels = [UInt8](repeating: 0, count: paddedRanges.count)
    for row in 0..<rows {
      let start = (row + half) * stride + half
      for column in wraps ? -half..<columns + half : 0..<columns {
        let cell = row * columns + (column + columns * half) % columns
        paddedRanges[start + column] = ranges[cell] < 0 ? .infinity : ranges[cell]
        paddedLabels[start + column] = labels[cell]
      }
    }
    self.ranges = paddedRanges
    self.labels = paddedLabels
  }

  /// The class of each point from its cell (or -1) and its range in metres.
  package func classes(cells: [Int32], ranges: [Float], threads: Int) -> [UInt8] {
    precondition(cells.count == ranges.count, "\(cells.count) cells, \(ranges.count) ranges")
    let chunk = 4096
    let chunks = (cells.count + chunk - 1) / chunk
    let workers = Swift.max(1, Swift.min(threads, chunks))
    let weights = vote.weights
    return [UInt8](unsafeUninitializedCapacity: cells.count) { classes, count in
      cells.withUnsafeBufferPointer { cells in
        ranges.withUnsafeBufferPointer { ranges in
          // Each worker writes its own chunks and nothing else, and all end before this does.
          nonisolated(unsafe) let (classes, cells, ranges) = (classes, cells, ranges)
          DispatchQueue.concurrentPerform(iterations: workers) { worker in
            for chunkIndex in Swift.stride(from: worker, to: chunks, by: workers) {
              let points = chunkIndex * chunk..<Swift.min((chunkIndex + 1) * chunk, cells.count)
              fill(classes, points, cells, ranges, weights)
            }
          }
        }
      }
      count = cells.count
    }
  }

  private func fill(
    _ classes: UnsafeMutableBufferPointer<UInt8>, _ points: Range<Int>,
    _ cells: UnsafeBufferPointer<Int32>, _ pointRanges: UnsafeBufferPointer<Float>,
    _ weights: [Float]
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: vote.count) { distances in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: vote.count) { voters in
        ranges.withUnsafeBufferPointer { ranges in
          labels.withUnsafeBufferPointer { labels in
            weights.withUnsafeBufferPointer { weights in
              for point in points {
                let cell = Int(cells[point])
                guard cell >= 0 else {
                  classes[point] = LabelCarrier.noLabel
                  continue
                }
                let corner = cell / columns * stride + cell % columns
                let window = Window(
                  ranges: ranges, labels: labels, weights: weights, corner: corner, stride: stride,
                  size: vote.window)
                classes[point] = winner(
                  window, range: pointRanges[point], distances: distances, voters: voters)
              }
            }
          }
        }
      }
    }
  }

  private struct Window {
    let ranges: UnsafeBufferPointer<Float>
    let labels: UnsafeBufferPointer<UInt8>
    let weights: UnsafeBufferPointer<Float>
    let corner: Int
    let stride: Int
    let size: Int

    var centre: Int { corner + size / 2 * stride + size / 2 }
  }

  @inline(__always)
  private func winner(
    _ window: Window, range: Float, distances: UnsafeMutableBufferPointer<Float>,
    voters: UnsafeMutableBufferPointer<UInt8>
  ) -> UInt8 {
    let own = window.labels[window.centre]
    if vote.classes.contains(own), isUniform(window, own) { return own }
    let cutoff = Float(vote.cutoff)
    var count = 0
    var weight = 0
    for row in 0..<window.size {
      let start = window.corner + row * window.stride
      for column in 0..<window.size {
        let position = start + column
        let difference = position == window.centre ? 0 : abs(window.ranges[position] - range)
        let distance = difference * window.weights[weight]
        weight += 1
        // Those beyond the cutoff would take a place and cast no vote; they are the farthest.
        guard distance <= cutoff else { continue }
        if count < distances.count {
          count += 1
        } else if distance >= distances[count - 1] {
          continue
        }
        insert(distance, window.labels[position], at: count - 1, distances, voters)
      }
    }
    return mostVoted(voters, count, own: own)
  }

  @inline(__always)
  private func insert(
    _ distance: Float, _ label: UInt8, at last: Int,
    _ distances: UnsafeMutableBufferPointer<Float>, _ voters: UnsafeMutableBufferPointer<UInt8>
  ) {
    var place = last
    while place > 0, distances[place - 1] > distance {
      distances[place] = distances[place - 1]
      voters[place] = voters[place - 1]
      place -= 1
    }
    distances[place] = distance
    voters[place] = label
  }

  /// The class with most votes; the smallest of several.
  @inline(__always)
  private func mostVoted(
    _ voters: UnsafeMutableBufferPointer<UInt8>, _ count: Int, own: UInt8
  ) -> UInt8 {
    var best: (votes: Int, label: UInt8) = (0, vote.padsWithZeros ? vote.classes.lowerBound : own)
    for candidate in 0..<count where vote.classes.contains(voters[candidate]) {
      let label = voters[candidate]
      var votes = 0
      for voter in 0..<count where voters[voter] == label { votes += 1 }
      if votes > best.votes || (votes == best.votes && label < best.label) { best = (votes, label) }
    }
    return best.label
  }

  /// Whether all cells of a window, empty ones included, have the class of the middle one.
  ///
  /// Then it
  /// wins: the own cell votes for it and no cell for another.
  @inline(__always)
  private func isUniform(_ window: Window, _ label: UInt8) -> Bool {
    for row in 0..<window.size {
      let start = window.corner + row * window.stride
      var differences: UInt8 = 0
      for column in 0..<window.size { differences |= window.labels[start + column] ^ label }
      if differences != 0 { return false }
    }
    return true
  }
}
