/// Elements in memory aligned to a cache line.
///
/// Unchecked `Sendable`: a `Tensor` writes only to storage that it alone refers to, so no element
/// changes while two owners can see it.
final class AlignedStorage<Scalar: TensorScalar>: @unchecked Sendable {
  static var alignment: Int { 64 }

  let elements: UnsafeMutableBufferPointer<Scalar>

  init(count: Int, repeating value: Scalar) {
    elements = Self.allocate(count)
    elements.initialize(repeating: value)
  }

  init(copying other: AlignedStorage) {
    elements = Self.allocate(other.elements.count)
    _ = elements.initialize(from: other.elements)
  }

  deinit {
    UnsafeMutableRawPointer(elements.baseAddress)?.deallocate()
  }

  private static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Scalar> {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, count * MemoryLayout<Scalar>.stride), alignment: alignment)
    let typed = bytes.bindMemory(to: Scalar.self)
    return UnsafeMutableBufferPointer(rebasing: typed[..<count])
  }
}
