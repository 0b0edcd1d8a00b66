import Graphs
import Tensors

extension BatchMoments {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let image = operands[0]
    let (channels, count) = (image.channels, S(image.pixelCount))
    let (means, variances) = (result.base, result.base + channels)
    means.update(repeating: 0, count: 2 * channels)
    for position in 0..<image.pixelCount {
      for channel in 0..<channels { means[channel] += image.pixel(position)[channel] }
    }
    for channel in 0..<channels { means[channel] /= count }
    for position in 0..<image.pixelCount {
      for channel in 0..<channels {
        let difference = image.pixel(position)[channel] - means[channel]
        variances[channel] += difference * difference
      }
    }
    for channel in 0..<channels { variances[channel] /= count }
  }
}

extension MomentNormalization {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (gamma, beta) = (operands[1].base, operands[2].base)
    let (means, variances) = (operands[3].base, operands[3].base + result.channels)
    for position in 0..<result.pixelCount {
      let (value, normalized) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let deviation = (variances[channel] + S(epsilon)).squareRoot()
        let sum = (value[channel] - means[channel]) / deviation * gamma[channel] + beta[channel]
        normalized[channel] = activation.map { $0.reference(sum) } ?? sum
      }
    }
  }
}

extension NormalizationSums {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let image = operands[1]
    let channels = image.channels
    let (means, variances) = (operands[2].base, operands[2].base + channels)
    let (sums, products) = (result.base, result.base + channels)
    sums.update(repeating: 0, count: 2 * channels)
    for position in 0..<image.pixelCount {
      let (given, value) = (operands[0].pixel(position), image.pixel(position))
      for channel in 0..<channels {
        let deviation = (variances[channel] + S(epsilon)).squareRoot()
        let normalized = (value[channel] - means[channel]) / deviation
        if isBehindReLU,
          normalized * operands[3].base[channel] + operands[4].base[channel] <= 0
        {
          continue
        }
        sums[channel] += given[channel]
        products[channel] += given[channel] * normalized
      }
    }
  }
}

extension NormalizationGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (image, gamma, channels) = (operands[1], operands[2].base, result.channels)
    let (means, variances) = (operands[3].base, operands[3].base + channels)
    let (sums, products) = (operands[4].base, operands[4].base + channels)
    let count = S(image.pixelCount)
    for position in 0..<image.pixelCount {
      let (given, value) = (operands[0].pixel(position), image.pixel(position))
      for channel in 0..<channels {
        let deviation = (variances[channel] + S(epsilon)).squareRoot()
        let normalized = (value[channel] - means[channel]) / deviation
        let isCut = isBehindReLU && normalized * gamma[channel] + operands[5].base[channel] <= 0
        let rest =
          (isCut ? 0 : given[channel]) - (sums[channel] + normalized * products[channel]) / count
        let isOpen = !isRectified || value[channel] > 0
        result.pixel(position)[channel] = isOpen ? gamma[channel] / deviation * rest : 0
      }
    }
  }
}
