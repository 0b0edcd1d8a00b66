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
