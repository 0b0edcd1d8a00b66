import Graphs
import Tensors

extension TransposedConvolution {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ conditions: Conditions
  ) -> PreparedKernel {
    let (rows, columns) = crops(to: resultSize(of: operands[0].shape))
    let taps = TapProducts(
      operands[0], weights: operands[1], result, conditions,
      rows: TapAxis(
        taps: kernel.height, step: stride.height, direction: 1, offset: -rows.before),
      columns: TapAxis(
        taps: kernel.width, step: stride.width, direction: 1, offset: -columns.before))
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    return taps.kernel(
      "openblas.transposedConvolution.\(kernel)", conditions.threads, finish)
  }
}
