import CKernels

/// What one thread of this processor can multiply at most with a backend's instructions, measured.
public struct PeakRate: Sendable {
  /// Billions of floating-point operations (two per multiplication) a second.
  public let gigaFlops: Double
  /// The same for bytes.
  public let gigaByteOperations: Double

  /// Measures for a moment; nothing for backends that do not use our own kernels.
  public init?(_ backend: Backend) {
    guard let instructions = InstructionSet(rawValue: backend.rawValue),
      let table = instructions.kernels?.pointee
    else { return nil }
    gigaFlops = Self.rate(table.multiply_floats)
    gigaByteOperations = Self.rate(table.multiply_bytes)
  }

  /// The best of some rounds of about a millisecond.
  private static func rate(
    _ multiply: (Int, UnsafeMutablePointer<Float>) -> Double
  ) -> Double {
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<30 {
      var numbers: [Float] = [1.0001, 0.5]
      var count = 0.0
      let duration = clock.measure { count = multiply(200_000, &numbers) }
      best = max(best, 2 * count / (duration / .nanoseconds(1)))
    }
    return best
  }
}
