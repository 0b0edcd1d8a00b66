import Graphs
import Tensors

extension LovaszSoftmax {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let images = operands[0].shape[0]
    let values = FloatBuffer(count: images)
    return PreparedKernel("openblas.lovaszSoftmax", bandCount: images) { image, _ in
      values.base[image] = value(operands, image: image)
    } finish: {
      result.base[0] = (0..<images).reduce(0) { $0 + values.base[$1] }
    }
  }
}
