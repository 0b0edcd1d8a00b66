/// How far the bytes of an image reach.
public enum RangeMethod: Equatable, Sendable {
  /// To the least and the greatest number that was seen.
  case extremes
  /// To the numbers that only this share of all lies beyond, half of it on either side.
  case tails(Double)
  /// As far as costs the least information: the Kullback-Leibler divergence of the bytes' distribution
  /// from the numbers' is least (Migacz, "8-bit inference with TensorRT", GTC 2017).
  case entropy
}
