import Graphs
import Tensors

extension BatchNormalization {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (input, gamma, beta) = (operands[0], operands[1].base, operands[2].base)
    let (mean, variance) = (operands[3].base, operands[4].base)
    let bands = Bands.streaming(result, threads: threads)
    let channels = result.channels
    let epsilon = Float(epsilon)
    return PreparedKernel(
      "openblas.batchNormalization", bandCount: bands.count, scratchCount: channels
    ) { band, scale in
      for channel in 0..<channels {
        scale[channel] = gamma[channel] / (variance[channel] + epsilon).squareRoot()
      }
      for pixel in bands[band] {
        let value = input.pixel(pixel)
        fill(channels, result.pixel(pixel)) { ($0[value] - $0[mean]) * $0[scale] + $0[beta] }
      }
    }
  }
}

extension Affine {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (input, scale, shift) = (operands[0], operands[1].base, operands[2].base)
    let bands = Bands.streaming(result, threads: threads)
    let channels = result.channels
    return PreparedKernel("openblas.affine", bandCount: bands.count) { band, _ in
      for pixel in bands[band] {
        let value = input.pixel(pixel)
        fill(channels, result.pixel(pixel)) { $0[value] * $0[scale] + $0[shift] }
      }
    }
  }
}

extension InverseDeviation {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    PreparedKernel("openblas.inverseDeviation") { _, _ in
      reference(operands, result)
    }
  }
}
