/// What a byte stands for: `scale * (byte - zero)`.
public struct Quantization: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The step between two bytes, positive.
  public var scale: Float
  /// The byte that stands for 0.
  public var zero: UInt8

  /// A quantization; see the properties.
  public init(scale: Float, zero: UInt8) {
    precondition(scale > 0 && scale.isFinite, "a step of \(scale)")
    self.scale = scale
    self.zero = zero
  }

  /// The finest that holds a range, and 0 exactly (Jacob et al., arXiv 1712.05877, section 3).
  public init(holding range: ClosedRange<Float>) {
    let (low, high) = (min(range.lowerBound, 0), max(range.upperBound, 0))
    let width = high - low
    guard width > 0, width.isFinite else {
      self.init(scale: 1, zero: 0)
      return
    }
    let scale = max(width / 255, .leastNormalMagnitude)
    self.init(scale: scale, zero: UInt8(max(0, min(255, (-low / scale).rounded()))))
  }

  /// What a byte stands for.
  public func value(_ byte: UInt8) -> Float { (Float(byte) - Float(zero)) * scale }

  /// The byte that is nearest to a number; even ones in doubt, the first or the last beyond the range,
  /// 0 for NaN.
  public func byte(_ value: Float) -> UInt8 {
    let steps = value * (1 / scale) + Float(zero)
    return steps > 0 ? UInt8(min(steps, 255).rounded(.toNearestOrEven)) : 0
  }

  /// For example `0.05 * (q - 20)`.
  public var description: String { "\(scale) * (q - \(zero))" }
}
