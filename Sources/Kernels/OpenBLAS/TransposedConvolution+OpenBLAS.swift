import Graphs
import Tensors

extension TransposedConvolution {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let top = SamePadding.transposedCrop(kernel: kernel.height, stride: stride.height)
    let left = SamePadding.transposedCrop(kernel: kernel.width, stride: stride.width)
    let taps = TapProducts(
      operands[0], weights: operands[1], result,
      rows: TapAxis(taps: kernel.height, step: stride.height, direction: 1, offset: -top),
      columns: TapAxis(taps: kernel.width, step: stride.width, direction: 1, offset: -left))
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    return taps.kernel("openblas.transposedConvolution.\(kernel)", threads, finish)
  }
}
