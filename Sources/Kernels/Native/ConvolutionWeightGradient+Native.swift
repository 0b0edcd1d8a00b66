import CKernels
import Graphs
import Tensors

extension ConvolutionWeightGradient {
  /// The same products as with OpenBLAS, by our own kernel; nothing where something is bytes.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView, _ threads: Int
  ) -> PreparedKernel? {
    guard let floats = operands.floats, let target = result.floats else { return nil }
    let add = kernels.table.pointee.add_transposed_product
    return byProducts(
      kernels.name(.convolutionWeightGradient, "\(kernel)"), floats, target, threads
    ) { transposed, other, sum in
      var product = ckernels_transposed_product(
        input: transposed.base, input_stride: transposed.stride, inputs: transposed.columns,
        gradient: other.base, gradient_stride: other.stride, outputs: other.columns,
        pixels: other.rows, sum: sum.base, sum_stride: sum.stride)
      add(&product)
    }
  }
}
