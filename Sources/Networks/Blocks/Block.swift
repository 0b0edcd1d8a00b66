import Graphs

/// What can stand at a place of a network: it takes an image and makes another of the same shape.
public enum Block: Hashable, Sendable {
  /// Nothing: the image goes on as it is.
  case skip
  /// Squeeze to a share of the channels, then 1x1 and 3x3 side by side (Iandola et al., arXiv 1602.07360).
  case fire(reduction: Int)
  /// A 3x3 convolution beside a way around it (He et al., arXiv 1512.03385).
  case residual
  /// 1x1 to more channels, each convolved by itself, 1x1 back, beside a way around them (Sandler et al.,
  /// arXiv 1801.04381).
  case inverted(kernel: Int, expansion: Int)
  /// 1x1, a shift, 1x1, beside a way around them (Wu et al., arXiv 1711.08141, section 3).
  case shift(expansion: Int)
  /// Half of the channels through 1x1, 3x3 by channel and 1x1, then all of them dealt out anew (Ma et al.,
  /// arXiv 1807.11164, section 3.3).
  case shuffle
  /// Each channel convolved by itself, near by and far, then 1x1, beside a way around them (after the
  /// context module of Cortinhal et al., arXiv 2003.03653).
  case context
  /// A context aggregation module (Wu et al., arXiv 1809.08495, section III).
  case attention(reduction: Int)
}

extension Block: RawRepresentable, Codable, CustomStringConvertible {
  /// Reads a block's name.
  public init?(rawValue: String) {
    let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().map { Int($0.drop { $0.isLetter }) ?? 0 }
    guard numbers.allSatisfy({ (1...64).contains($0) }) else { return nil }
    switch (parts[0], numbers.count) {
    case ("skip", 0): self = .skip
    case ("fire", 1): self = .fire(reduction: numbers[0])
    case ("residual", 0): self = .residual
    case ("inverted", 2): self = .inverted(kernel: numbers[0], expansion: numbers[1])
    case ("shift", 1): self = .shift(expansion: numbers[0])
    case ("shuffle", 0): self = .shuffle
    case ("context", 0): self = .context
    case ("attention", 1): self = .attention(reduction: numbers[0])
    default: return nil
    }
    guard self.rawValue == rawValue else { return nil }
  }

  /// The name, such as `fire-4` or `inverted-k3-e6`.
  public var rawValue: String {
    switch self {
    case .skip: "skip"
    case .fire(let reduction): "fire-\(reduction)"
    case .residual: "residual"
    case .inverted(let kernel, let expansion): "inverted-k\(kernel)-e\(expansion)"
    case .shift(let expansion): "shift-e\(expansion)"
    case .shuffle: "shuffle"
    case .context: "context"
    case .attention(let reduction): "attention-\(reduction)"
    }
  }

  /// The name.
  public var description: String { rawValue }
}

extension NetworkBuilder {
  /// Adds a block; what it makes is called `name`.
  mutating func block(
    _ block: Block, _ name: String, _ input: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    let count = channels(input)
    switch block {
    case .skip: return input
    case .fire(let reduction):
      var widths = FireWidths(squeeze: max(1, count / reduction), expand: count / 2)
      widths.expand3x3 = count - widths.expand1x1
      return try fire(name, input, widths)
    case .residual: return try residual(name, input)
    case .inverted(let kernel, let expansion):
      return try invertedResidual(name, input, kernel: kernel, expansion: expansion)
    case .shift(let expansion): return try shiftBlock(name, input, expansion: expansion)
    case .shuffle: return try shuffleBlock(name, input)
    case .context: return try dilatedContext(name, input)
    case .attention(let reduction):
      return try contextAggregation(name, input, reduction: reduction)
    }
  }
}
