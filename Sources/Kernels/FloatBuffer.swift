/// Memory of a prepared kernel's own, as aligned as a cache line.
final class FloatBuffer {
  let base: Floats
  let count: Int

  /// Zeros.
  init(count: Int) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    let elements = bytes.bindMemory(to: Float.self)
    elements.initialize(repeating: 0)
    guard let base = elements.baseAddress else { preconditionFailure("no memory") }
    self.base = base
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}

/// Double-precision memory of a prepared kernel's own.
final class DoubleBuffer {
  let base: UnsafeMutablePointer<Double>

  /// Zeros.
  init(count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: 0, count: max(1, count))
  }

  deinit { base.deallocate() }
}
