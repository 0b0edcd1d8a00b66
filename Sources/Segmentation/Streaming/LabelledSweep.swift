public import Streams

/// A sweep with its labels.
public struct LabelledSweep: Sendable {
  /// What came.
  public var sweep: StreamSweep
  /// What became of it.
  public var result: SegmentedScan
}
