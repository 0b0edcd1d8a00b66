import CKernels
import Graphs
import Tensors

/// What follows the sums of a convolution, as C sees it, with memory for its vectors.
struct NativeEpilogue {
  let value: ckernels_epilogue
  private let vectors: [PaddedVector]

  init(
    _ epilogue: Epilogue, _ operands: some Collection<ValueView>, _ kernels: NativeKernels
  ) {
    let operands = epilogue.split(operands)
    let (bias, scale, shift) = (
      operands.bias.map { PaddedVector($0.parameters, kernels) },
      operands.scale.map { PaddedVector($0.parameters, kernels) },
      operands.shift.map { PaddedVector($0.parameters, kernels) }
    )
    vectors = [bias, scale, shift].compactMap { $0 }
    value = ckernels_epilogue(
      bias: bias?.base, activation: epilogue.activation.native, scale: scale?.base,
      shift: shift?.base, addend: operands.addend?.pixels ?? ckernels_pixels(),
      factor: operands.factor?.pixels ?? ckernels_pixels(),
      result: epilogue.quantization.native)
  }

  /// Reads the vectors as they are now.
  func arrange() {
    for vector in vectors { vector.arrange() }
  }
}

/// A copy of a value per channel that fills whole vectors of the processor.
private struct PaddedVector {
  private let source: TensorView<Float>
  private let copy: FloatBuffer

  init(_ source: TensorView<Float>, _ kernels: NativeKernels) {
    self.source = source
    copy = FloatBuffer(count: kernels.table.pointee.padded_count(source.channels))
  }

  var base: UnsafePointer<Float> { UnsafePointer(copy.base) }

  func arrange() { copy.base.update(from: source.base, count: source.channels) }
}

extension Activation? {
  /// As C sees it.
  var native: ckernels_activation {
    switch self {
    case nil: ckernels_identity
    case .relu: ckernels_relu
    case .sigmoid: ckernels_sigmoid
    }
  }
}
