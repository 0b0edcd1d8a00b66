import Kernels
import Tensors

/// A tensor's elements in memory of their own, with guard values between the pixels and around them.
final class GuardedMemory {
  static let guardBits: UInt32 = 0x7fa5_5a5a

  let view: TensorView<Float>
  private let buffer: UnsafeMutableBufferPointer<Float>
  private let channels: Int

  /// Memory whose pixels lie `gap` elements apart; filled with `values`, or with the guard value.
  init(_ shape: TensorShape, gap: Int, _ values: [Float]? = nil) {
    channels = shape.channels
    let stride = channels + gap
    let pixels = shape.count / channels
    buffer = .allocate(capacity: (pixels + 2) * stride + 2 * 16)
    buffer.initialize(repeating: Float(bitPattern: Self.guardBits))
    // An odd start, so that nothing relies on alignment.
    guard let base = buffer.baseAddress else { preconditionFailure("no memory") }
    view = TensorView(base: base + stride + 15, shape: shape, pixelStride: stride)
    for (position, value) in (values ?? []).enumerated() { self[position] = value }
  }

  deinit { buffer.deallocate() }

  subscript(position: Int) -> Float {
    get { view.base[address(position)] }
    set { view.base[address(position)] = newValue }
  }

  var elements: [Float] { (0..<view.shape.count).map { self[$0] } }

  /// Positions of elements that no longer hold the guard value.
  var written: Set<Int> {
    Set((0..<view.shape.count).filter { self[$0].bitPattern != Self.guardBits })
  }

  /// Whether everything but the elements still holds the guard value.
  var guardsAreIntact: Bool {
    guard let base = buffer.baseAddress else { return false }
    let first = view.base - base
    return buffer.indices.allSatisfy { index in
      let (pixel, channel) = (index - first).quotientAndRemainder(dividingBy: view.pixelStride)
      let isElement =
        index >= first && pixel < view.shape.count / channels && channel < channels
      return isElement || buffer[index].bitPattern == Self.guardBits
    }
  }

  private func address(_ position: Int) -> Int {
    position / channels * view.pixelStride + position % channels
  }
}
