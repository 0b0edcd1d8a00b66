import Graphs
import Tensors

extension BatchNormalization {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (gamma, beta) = (operands[1].base, operands[2].base)
    let (mean, variance) = (operands[3].base, operands[4].base)
    for position in 0..<result.pixelCount {
      let (value, normalized) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let deviation = (variance[channel] + S(epsilon)).squareRoot()
        normalized[channel] =
          (value[channel] - mean[channel]) / deviation * gamma[channel] + beta[channel]
      }
    }
  }
}

extension DomainBatchNormalization {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let share = S(blend)
    for position in pixels {
      let (value, normalized) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let mean =
          (1 - share) * operands[3].base[channel] + share * operands[5].base[channel]
        let variance =
          (1 - share) * operands[4].base[channel] + share * operands[6].base[channel]
        normalized[channel] =
          (value[channel] - mean) / (variance + S(epsilon)).squareRoot()
          * operands[1].base[channel] + operands[2].base[channel]
      }
    }
  }
}

extension Affine {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (scale, shift) = (operands[1].base, operands[2].base)
    for position in 0..<result.pixelCount {
      let (value, moved) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        moved[channel] = value[channel] * scale[channel] + shift[channel]
      }
    }
  }
}

extension InverseDeviation {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (variance, inverse) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        inverse[channel] = 1 / (variance[channel] + S(epsilon)).squareRoot()
      }
    }
  }
}
