public import Tensors

/// Each channel moved by its own step, zeros moving in: `out[y, x] = in[y + dy, x + dx]`.
///
/// Operand and result: image `[N, H, W, C]`. It has neither weights nor arithmetic
/// (Wu et al., arXiv 1711.08141, section 3). Several assignments of steps to channels are in use, and
/// they differ.
public struct Shift: OperationAttributes {
  /// `.shift`.
  public static let kind = Operation.Kind.shift
  /// Which channel moves where.
  public enum Assignment: String, Sendable, Codable {
    /// Channel c by `(c / 3 mod 3 - 1, c mod 3 - 1)` rows and columns; the last `C mod 9` channels stay
    /// (alvinwan/shiftresnet, `shiftnet_cuda_v2`).
    case nine
    /// Channels in turn up, left, nowhere, right, down (DiracDeltaNet).
    case five
    /// Five groups of adjacent channels up, left, right, down, nowhere: four as long as the greatest multiple
    /// of 4 in a fifth of them, the last has the rest. A convolution can read them where they lie.
    case adjacentFive
  }

  /// Adjacent channels that move alike.
  package struct Group: Equatable, Sendable {
    /// The channels.
    package var channels: Range<Int>
    /// Rows from a result's cell to the operand's.
    package var rows: Int
    /// Columns from a result's cell to the operand's.
    package var columns: Int
  }

  /// Which channel moves where.
  public var assignment: Assignment
  /// Whether every step goes the other way.
  public var isReversed: Bool

  /// A shift; see the properties.
  public init(_ assignment: Assignment, isReversed: Bool = false) {
    self.assignment = assignment
    self.isReversed = isReversed
  }

  /// The operation with these attributes.
  public var operation: Operation { .shift(self) }

  /// The attributes for people.
  public var words: [String] { [assignment.rawValue] + (isReversed ? ["reversed"] : []) }

  /// Rows and columns from a result's cell to the operand's, for a channel of `count`.
  package func step(ofChannel channel: Int, of count: Int) -> (rows: Int, columns: Int) {
    let sign = isReversed ? -1 : 1
    switch assignment {
    case .nine:
      guard channel < count / 9 * 9 else { return (0, 0) }
      return (sign * (channel / 3 % 3 - 1), sign * (channel % 3 - 1))
    case .five:
      let steps = [(-1, 0), (0, -1), (0, 0), (0, 1), (1, 0)]
      let (rows, columns) = steps[channel % 5]
      return (sign * rows, sign * columns)
    case .adjacentFive:
      guard let group = groups(of: count)?.first(where: { $0.channels.contains(channel) }) else {
        preconditionFailure("channel \(channel) of \(count)")
      }
      return (group.rows, group.columns)
    }
  }

  /// The groups of adjacent channels that move alike; nothing where neighbours move in different ways.
  package func groups(of count: Int) -> [Group]? {
    guard assignment == .adjacentFive else { return nil }
    let sign = isReversed ? -1 : 1
    let length = count / 5 / 4 * 4
    let steps = [(-1, 0), (0, -1), (0, 1), (1, 0)]
    let moving = steps.enumerated().map { index, step in
      Group(
        channels: index * length..<(index + 1) * length, rows: sign * step.0,
        columns: sign * step.1)
    }
    return moving.filter { !$0.channels.isEmpty }
      + [Group(channels: 4 * length..<count, rows: 0, columns: 0)]
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    _ = try expectImage(operands[0])
    return operands[0]
  }

  /// The gradient moves back.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let back = Shift(assignment, isReversed: !isReversed)
    rule.contribute(try rule.apply(back, to: [rule.given]), to: 0)
  }

  /// All assignments, and channels that stay.
  public static var samples: [OperationSample] {
    [
      OperationSample(Shift(.nine), [[2, 4, 5, 20]]),
      OperationSample(Shift(.five, isReversed: true), [[1, 3, 1, 7]]),
      OperationSample(Shift(.adjacentFive), [[2, 4, 5, 47]]),
      OperationSample(Shift(.adjacentFive, isReversed: true), [[1, 3, 4, 20]]),
      OperationSample(Shift(.adjacentFive), [[1, 2, 3, 7]]),
    ]
  }
}
