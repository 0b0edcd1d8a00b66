import Graphs
import Tensors

extension RecurrentCRF {
  /// One band: an iteration reads what its neighbours wrote in the one before.
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let field = PlanarField(self, operands, result)
    return PreparedKernel("openblas.recurrentCRF") { _, _ in
      for image in 0..<result.shape[0] {
        field.load(image)
        for _ in 0..<iterations { field.step() }
        field.store(image)
      }
    }
  }
}
