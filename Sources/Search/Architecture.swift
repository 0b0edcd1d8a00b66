import Foundation
import Graphs
import Networks
import Randomness
public import Tensors

/// What has been learned of which block stands where: a number for each block of each place, whose softmax is
/// its share.
public struct Architecture: Equatable, Sendable {
  /// The numbers: one list for each place, in its blocks' order.
  public var logits: [[Double]]

  /// Nothing learned yet: all blocks have equal shares.
  public init(of configuration: [Int]) {
    logits = configuration.map { Array(repeating: 0, count: $0) }
  }

  /// Architecture parameters as a network has them.
  public init(_ parameters: [Tensor<Float>]) {
    logits = parameters.map { $0.elements.map(Double.init) }
  }

  /// How probable each block is at each place.
  public var shares: [[Double]] { logits.map(Self.softmax) }

  /// How probable each block is in a step of the architecture, with noise and at a temperature.
  func shares(noise: [[Double]], temperature: Double) -> [[Double]] {
    zip(logits, noise).map { logits, noise in
      Self.softmax(zip(logits, noise).map { ($0 + $1) / temperature })
    }
  }

  /// How undecided the places are on average, from 0 (one block each) to 1 (all alike).
  public var entropy: Double {
    let several = shares.filter { $0.count > 1 }
    guard !several.isEmpty else { return 0 }
    let sum = several.reduce(0.0) { sum, place in
      sum - place.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
        / log(Double(place.count))
    }
    return sum / Double(several.count)
  }

  /// Blocks of each place, drawn without repetition by their shares, in the order of their list.
  ///
  /// The greatest of logits with Gumbel noise are such a draw (Kool et al., arXiv 1903.06059).
  func drawnBlocks(count: Int, key: RandomKey) -> [[Int]] {
    zip(logits, GumbelNoise.numbers(for: logits.map(\.count), key: key)).map { logits, noise in
      let noisy = zip(logits, noise).map { $0 + $1 }
      let order = noisy.indices.sorted { noisy[$0] > noisy[$1] }
      return order.prefix(count).sorted()
    }
  }

  static func softmax(_ logits: [Double]) -> [Double] {
    let greatest = logits.max() ?? 0
    let powers = logits.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// Noise whose addition makes a softmax a draw, after Jang et al., arXiv 1611.01144, equation 1.
enum GumbelNoise {
  /// `-ln(-ln(u))` of even draws, one list for each place.
  static func numbers(for counts: [Int], key: RandomKey) -> [[Double]] {
    var stream = key.stream
    return counts.map { count in
      (0..<count).map { _ in
        let even = (Double(stream.next() >> 11) + 0.5) * 0x1p-53
        return -log(-log(even))
      }
    }
  }
}
