import CKernels
import Graphs
import Tensors

/// What follows the sums of a convolution, as C sees it, with memory for its vectors.
struct NativeEpilogue {
  let value: ckernels_epilogue
  /// Holds the vectors, padded to whole vectors of the processor.
  private let vectors: [FloatBuffer]

  init(
    _ epilogue: Epilogue, _ operands: some Collection<TensorView<Float>>, _ kernels: NativeKernels
  ) {
    let operands = epilogue.split(operands)
    let padded = { (view: TensorView<Float>?) -> FloatBuffer? in
      guard let view else { return nil }
      let buffer = FloatBuffer(count: kernels.table.pointee.padded_count(view.channels))
      buffer.base.update(from: view.base, count: view.channels)
      return buffer
    }
    let (bias, scale, shift) = (
      padded(operands.bias), padded(operands.scale), padded(operands.shift)
    )
    vectors = [bias, scale, shift].compactMap { $0 }
    value = ckernels_epilogue(
      bias: UnsafePointer(bias?.base), activation: epilogue.activation.native,
      scale: UnsafePointer(scale?.base), shift: UnsafePointer(shift?.base),
      addend: UnsafePointer(operands.addend?.base),
      addend_stride: operands.addend?.pixelStride ?? 0, factor: nil, factor_stride: 0)
  }
}

extension Activation? {
  fileprivate var native: ckernels_activation {
    switch self {
    case nil: ckernels_identity
    case .relu: ckernels_relu
    case .sigmoid: ckernels_sigmoid
    }
  }
}
