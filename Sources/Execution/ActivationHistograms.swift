import Foundation
import Graphs
import Kernels
import Tensors

/// How often numbers occur in the images inside a network, gathered over several runs.
public struct ActivationHistograms: Sendable {
  private var byNode: [String: Histogram]

  /// Nothing has been counted yet.
  ///
  /// - Parameter ranges: what the images hold, of the same runs.
  public init(_ ranges: ActivationRanges) {
    byNode = ranges.byNode.mapValues(Histogram.init)
  }

  /// Runs a graph on what its inputs hold, and counts the numbers that come out of each step.
  ///
  /// - Parameter session: a graph as `optimizedForInference()` gives it.
  public mutating func add(runOf session: Session) {
    var counted = byNode
    session.compute { node, view in
      guard let floats = view.floats else { return }
      counted[node]?.add(floats)
    }
    byNode = counted
  }

  /// The ranges that bytes shall hold, by the node's name.
  public func ranges(by method: RangeMethod) -> [String: ClosedRange<Float>] {
    byNode.mapValues { histogram in
      switch method {
      case .extremes: histogram.range
      case .tails(let share): histogram.range(cuttingTails: share)
      case .entropy: histogram.mostInformativeRange
      }
    }
  }
}

/// How often numbers occur in equal parts of a range.
struct Histogram: Sendable {
  static let binCount = 2048

  let range: ClosedRange<Float>
  private(set) var counts = Array(repeating: 0, count: Histogram.binCount)

  init(_ range: ClosedRange<Float>) {
    self.range = range
  }

  /// Counts the finite numbers of an image.
  mutating func add(_ view: TensorView<Float>) {
    let (least, last) = (Double(range.lowerBound), Double(Self.binCount - 1))
    // In double precision, in which no width is too small or too large to divide by.
    let width = Double(range.upperBound) - least
    let scale = width > 0 ? Double(Self.binCount) / width : 0
    let channels = view.shape.channels
    for pixel in 0..<view.shape.count / channels {
      let elements = view.base + pixel * view.pixelStride
      for channel in 0..<channels where elements[channel].isFinite {
        let place = (Double(elements[channel]) - least) * scale
        counts[Int(max(0, min(last, place)))] += 1
      }
    }
  }

  private func edge(_ bin: Int) -> Float {
    let share = Float(bin) / Float(Self.binCount)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }

  /// The bins that are left when a share of all numbers is cut off, half of it on either side.
  private func bins(cuttingTails share: Double) -> Range<Int> {
    let allowed = Double(counts.reduce(0, +)) * share / 2
    var (first, end) = (0, Self.binCount)
    var below = 0.0
    while first < end - 1, below + Double(counts[first]) <= allowed {
      below += Double(counts[first])
      first += 1
    }
    var above = 0.0
    while end > first + 1, above + Double(counts[end - 1]) <= allowed {
      above += Double(counts[end - 1])
      end -= 1
    }
    return first..<end
  }

  func range(cuttingTails share: Double) -> ClosedRange<Float> {
    let bins = bins(cuttingTails: share)
    return edge(bins.lowerBound)...edge(bins.upperBound)
  }

  /// The range of those that cut off more and more by which bytes tell the most.
  var mostInformativeRange: ClosedRange<Float> {
    let shares = [0] + stride(from: -6.0, through: -2, by: 0.25).map { pow(10, $0) }
    let candidates = shares.map(bins).reduce(into: [Range<Int>]()) { found, bins in
      if found.last != bins { found.append(bins) }
    }
    let best = candidates.min { divergence(of: $0) < divergence(of: $1) }
    return best.map { edge($0.lowerBound)...edge($0.upperBound) } ?? range
  }

  /// The divergence of what 255 steps over some bins can tell from what all bins tell.
  ///
  /// Numbers beyond become the nearest ones within.
  private func divergence(of bins: Range<Int>) -> Double {
    var steps = Array(repeating: 0.0, count: 255)
    var used = Array(repeating: 0, count: 255)
    func step(_ bin: Int) -> Int { min(254, (bin - bins.lowerBound) * 255 / bins.count) }
    for bin in bins where counts[bin] > 0 {
      steps[step(bin)] += Double(counts[bin])
      used[step(bin)] += 1
    }
    let inside = steps.reduce(0, +)
    var whole = bins.map { Double(counts[$0]) }
    whole[0] += Double(counts[..<bins.lowerBound].reduce(0, +))
    whole[whole.count - 1] += Double(counts[bins.upperBound...].reduce(0, +))
    let total = whole.reduce(0, +)
    guard total > 0, inside > 0 else { return 0 }
    // What lies beyond is not in the steps: a bin that only it fills is told with the least probability.
    let least = 1e-9
    return zip(bins, whole).reduce(0) { sum, pair in
      let (bin, count) = pair
      guard count > 0 else { return sum }
      let p = count / total
      let told = steps[step(bin)] / inside / Double(max(1, used[step(bin)]))
      return sum + p * log(p / max(told, least))
    }
  }
}
