import CKernels
import Graphs
import Tensors

/// Our own kernels for one instruction set; what they do not cover is left to OpenBLAS' kernels.
///
/// Unchecked `Sendable`: the table is constant.
struct NativeKernels: @unchecked Sendable {
  let instructions: InstructionSet
  let table: UnsafePointer<ckernels>

  /// - Precondition: the processor has the instructions.
  init(_ instructions: InstructionSet) {
    guard let table = instructions.kernels else {
      preconditionFailure("this processor has no \(instructions)")
    }
    self.instructions = instructions
    self.table = table
  }

  /// A kernel for an operation, or nothing.
  func prepare(
    _ operation: Operation, _ operands: [ValueView], _ result: ValueView, _ conditions: Conditions
  ) -> PreparedKernel? {
    switch operation {
    case .convolution(let attributes): attributes.native(self, operands, result, conditions)
    case .transposedConvolution(let attributes):
      attributes.native(self, operands, result, conditions)
    case .depthwiseConvolution(let attributes):
      attributes.native(self, operands, result, conditions)
    case .maxPooling(let attributes): attributes.native(self, operands, result, conditions.threads)
    case .contextAggregation(let attributes):
      attributes.native(self, operands, result, conditions)
    case .convolutionWeightGradient(let attributes):
      attributes.native(self, operands, result, conditions.threads)
    case .maxPoolingGradient(let attributes):
      attributes.native(self, operands, result, conditions.threads)
    case .momentNormalization(let attributes):
      attributes.native(self, operands, result, conditions.threads)
    case .normalizationSums(let attributes):
      attributes.native(self, operands, result, conditions.threads)
    case .normalizationGradient(let attributes):
      attributes.native(self, operands, result, conditions.threads)
    default: nil
    }
  }

  /// The kernels for results of so few channels that half a vector holds them: shorter vectors waste
  /// less.
  func narrowed(to outputs: Int) -> NativeKernels {
    guard table.pointee.lanes == 16, outputs <= 8 else { return self }
    return NativeKernels(.avx2)
  }

  /// A kernel's name.
  func name(_ kind: Operation.Kind, _ details: String...) -> String {
    ([instructions.rawValue, kind.rawValue] + details).joined(separator: ".")
  }

  /// Memory for a matrix as products need it.
  func packedBuffer(rows: Int, columns: Int) -> FloatBuffer {
    FloatBuffer(count: table.pointee.packed_count(rows, columns))
  }

  /// Arranges the rows of weights as products need them.
  func pack(_ weights: TensorView<Float>, to buffer: FloatBuffer) {
    table.pointee.pack(
      weights.base, weights.pixelStride, weights.pixelCount, weights.channels, buffer.base)
  }
}

extension ValueView {
  /// A batch of images as C sees it.
  var image: ckernels_image {
    ckernels_image(
      base: base, stride: pixelStride, height: shape[1], width: shape[2], channels: channels)
  }

  /// Pixels that are read beside others, as C sees them.
  var pixels: ckernels_pixels {
    ckernels_pixels(base: base, stride: pixelStride, quantization: quantization.native)
  }

  /// Parameters, which are never bytes.
  var parameters: TensorView<Float> {
    guard let floats else { preconditionFailure("parameters stored as bytes") }
    return floats
  }
}

extension [ValueView] {
  /// All of them, if none is bytes.
  var floats: [TensorView<Float>]? {
    let floats = compactMap(\.floats)
    return floats.count == count ? floats : nil
  }
}

extension Quantization? {
  /// As C sees it.
  var native: ckernels_quantization {
    guard let self else { return ckernels_quantization() }
    return ckernels_quantization(
      scale: self.scale, inverse: 1 / self.scale, zero: Float(self.zero))
  }
}
