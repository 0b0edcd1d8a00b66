import Dispatch

/// The ranges and classes of an image with a margin around it, in which points look for neighbours.
package struct Neighbourhood: Sendable {
  private let vote: NeighbourVote
  private let columns: Int
  private let stride: Int
  private let ranges: [Float]
  private let labels: [UInt8]
  /// For each cell, whether its window shows more than one label: 0 if not.
  private let mixture: [UInt8]

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
    stride = columns + vote.window - 1
    let padding = Padding(rows: rows, columns: columns, half: vote.window / 2, wraps: wraps)
    self.ranges = padding.around(
      ranges.map { $0 < 0 ? .infinity : $0 }, filling: vote.padsWithZeros ? 0 : .infinity)
    self.labels = padding.around(labels, filling: 0)
    mixture = Self.mixture(
      of: self.labels, rows: rows, columns: columns, stride: stride, window: vote.window)
  }

  /// The differences of labels within each cell's window, empty cells and the margin included.
  ///
  /// First those from the left edge of a row of the window, then those from its top.
  private static func mixture(
    of labels: [UInt8], rows: Int, columns: Int, stride: Int, window: Int
  ) -> [UInt8] {
    var along = [UInt8](repeating: 0, count: labels.count)
    var mixture = [UInt8](repeating: 0, count: rows * columns)
    labels.withUnsafeBufferPointer { labels in
      along.withUnsafeMutableBufferPointer { along in
        for step in 1..<window {
          for cell in 0..<labels.count - step { along[cell] |= labels[cell] ^ labels[cell + step] }
        }
        mixture.withUnsafeMutableBufferPointer { mixture in
          for row in 0..<rows {
            let (top, first) = (row * stride, row * columns)
            for step in 0..<window {
              let there = top + step * stride
              for column in 0..<columns {
                mixture[first + column] |=
                  along[there + column] | (labels[top + column] ^ labels[there + column])
              }
            }
          }
        }
      }
    }
    return mixture
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
            withWindowVote(weights) { windowVote in
              for chunkIndex in Swift.stride(from: worker, to: chunks, by: workers) {
                let points = chunkIndex * chunk..<Swift.min((chunkIndex + 1) * chunk, cells.count)
                fill(classes, points, cells, ranges, windowVote)
              }
            }
          }
        }
      }
      count = cells.count
    }
  }

  private func withWindowVote(_ weights: [Float], _ body: (WindowVote) -> Void) {
    let cutoff = Float(vote.cutoff)
    let limit = cutoff >= 0 ? UInt64(cutoff.magnitude.bitPattern) + 1 : 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: weights.count) { candidates in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: vote.count) { nearest in
        ranges.withUnsafeBufferPointer { ranges in
          labels.withUnsafeBufferPointer { labels in
            weights.withUnsafeBufferPointer { weights in
              body(
                WindowVote(
                  vote: vote, stride: stride, ranges: ranges, labels: labels, weights: weights,
                  limit: limit, candidates: candidates, nearest: nearest))
            }
          }
        }
      }
    }
  }

  private func fill(
    _ classes: UnsafeMutableBufferPointer<UInt8>, _ points: Range<Int>,
    _ cells: UnsafeBufferPointer<Int32>, _ ranges: UnsafeBufferPointer<Float>,
    _ windowVote: WindowVote
  ) {
    let half = vote.window / 2
    let (width, margins) = (UInt32(columns), 2 * half)
    mixture.withUnsafeBufferPointer { mixture in
      for point in points {
        guard cells[point] >= 0 else {
          classes[point] = LabelCarrier.noLabel
          continue
        }
        let cell = Int(cells[point])
        let corner = cell + Int(UInt32(truncatingIfNeeded: cell) / width) * margins
        let own = windowVote.labels[corner + half * stride + half]
        // In a window of one class it wins: the own cell votes for it, and no cell for another.
        if mixture[cell] == 0, vote.classes.contains(own) {
          classes[point] = own
        } else {
          classes[point] = windowVote.winner(corner: corner, range: ranges[point])
        }
      }
    }
  }
}

/// A margin around an image.
private struct Padding {
  let rows: Int
  let columns: Int
  /// Cells at each edge.
  let half: Int
  /// Whether the margin at the left shows the right edge, and the other way round.
  let wraps: Bool

  func around<T>(_ image: [T], filling value: T) -> [T] {
    let stride = columns + 2 * half
    var padded = [T](repeating: value, count: (rows + 2 * half) * stride)
    for row in 0..<rows {
      let (start, first) = ((row + half) * stride + half, row * columns)
      padded.replaceSubrange(start..<start + columns, with: image[first..<first + columns])
      guard wraps else { continue }
      for offset in 0..<half {
        padded[start - 1 - offset] = image[first + columns - 1 - offset % columns]
        padded[start + columns + offset] = image[first + offset % columns]
      }
    }
    return padded
  }
}
