import Graphs
import Kernels
import Tensors

/// What the images inside a network hold, gathered over several runs.
public struct ActivationRanges: Sendable {
  /// The least and the greatest number of each image that is computed, by the node's name.
  public private(set) var byNode: [String: ClosedRange<Float>] = [:]

  /// Nothing has been seen yet.
  public init() {}

  /// Runs a graph on what its inputs hold, and widens the ranges by the finite numbers that come out of
  /// each step.
  ///
  /// - Parameter session: a graph as `optimizedForInference()` gives it.
  public mutating func add(runOf session: Session) {
    var found = byNode
    session.compute { node, view in
      guard let range = Self.range(of: view) else { return }
      let old = found[node] ?? range
      found[node] =
        min(old.lowerBound, range.lowerBound)...max(old.upperBound, range.upperBound)
    }
    byNode = found
  }

  private static func range(of value: ValueView) -> ClosedRange<Float>? {
    guard let view = value.floats else { return nil }
    let channels = view.shape.channels
    var (low, high) = (Float.infinity, -Float.infinity)
    for pixel in 0..<view.shape.count / channels {
      let elements = view.base + pixel * view.pixelStride
      for channel in 0..<channels where elements[channel].isFinite {
        low = min(low, elements[channel])
        high = max(high, elements[channel])
      }
    }
    return low <= high ? low...high : nil
  }
}
