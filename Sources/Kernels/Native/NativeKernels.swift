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
    _ operation: Operation, _ operands: [TensorView<Float>], _ result: TensorView<Float>,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    switch operation {
    case .convolution(let attributes) where conditions.weightsAreFixed:
      attributes.native(self, operands, result, conditions.threads)
    case .transposedConvolution(let attributes) where conditions.weightsAreFixed:
      attributes.native(self, operands, result, conditions.threads)
    case .maxPooling(let attributes): attributes.native(self, operands, result, conditions.threads)
    default: nil
    }
  }

  /// A kernel's name.
  func name(_ kind: Operation.Kind, _ details: String...) -> String {
    ([instructions.rawValue, kind.rawValue] + details).joined(separator: ".")
  }

  /// A matrix as products need it.
  func packed(
    _ matrix: UnsafePointer<Float>, stride: Int, rows: Int, columns: Int
  ) -> FloatBuffer {
    let buffer = FloatBuffer(count: table.pointee.packed_count(rows, columns))
    table.pointee.pack(matrix, stride, rows, columns, buffer.base)
    return buffer
  }
}

extension TensorView<Float> {
  /// A batch of images as C sees it.
  var image: ckernels_image {
    ckernels_image(
      base: base, stride: pixelStride, height: shape[1], width: shape[2], channels: channels)
  }
}
