public import Graphs

/// How machines that share a batch share what they found.
public protocol GradientExchange {
  /// Replaces values by their mean over all machines, as an operation says.
  func average(_ mean: RankMean, _ values: UnsafeMutableBufferPointer<Float>) throws
  /// Starts to replace values by their sum over all machines; they are not to be touched before
  /// `finish()`.
  func start(summing values: UnsafeMutableBufferPointer<Float>) throws
  /// Waits for all sums that were started.
  func finish() throws
  /// The sum of a number over all machines.
  func sum(_ value: Double) throws -> Double
}

/// One machine by itself.
public struct SingleMachine: GradientExchange {
  /// Nobody else.
  public init() {}

  /// The mean of one.
  public func average(_ mean: RankMean, _ values: UnsafeMutableBufferPointer<Float>) {}

  /// The sum of one.
  public func start(summing values: UnsafeMutableBufferPointer<Float>) {}

  /// Nothing was started.
  public func finish() {}

  /// The sum of one.
  public func sum(_ value: Double) -> Double { value }
}
