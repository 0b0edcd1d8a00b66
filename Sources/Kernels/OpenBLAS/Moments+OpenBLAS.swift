import Graphs
import Tensors

extension BatchMoments {
  /// One pass: sums of the distances to the first pixel and of their squares, so that little is lost
  /// where a channel varies less than it is far from zero.
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let image = operands[0]
    let channels = image.channels
    let sums = PartialSums(of: 2 * channels, over: image.pixelCount, threads: threads)
    return PreparedKernel(
      "openblas.batchMoments", bandCount: sums.bands.count, scratchCount: 2 * channels
    ) { band, chunk in
      let (partial, squares, origin) = (sums.partial(band), chunk + channels, image.base)
      sums.forEachChunk(of: band) { pixels in
        chunk.update(repeating: 0, count: 2 * channels)
        for position in pixels {
          let value = image.pixel(position)
          fill(channels, chunk) { slot in
            let distance = slot[value] - slot[origin]
            slot[squares] += distance * distance
            return slot[chunk] + distance
          }
        }
        fill(2 * channels, partial) { $0[partial] + $0[chunk] }
      }
    } finish: {
      let count = Double(image.pixelCount)
      for channel in 0..<channels {
        let mean = sums.total(channel) / count
        let variance = sums.total(channels + channel) / count - mean * mean
        result.base[channel] = Float(Double(image.base[channel]) + mean)
        result.base[channels + channel] = Float(max(variance, 0))
      }
    }
  }
}

extension MomentNormalization {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (input, gamma, beta) = (operands[0], operands[1].base, operands[2].base)
    let channels = result.channels
    let (mean, variance) = (operands[3].base, operands[3].base + channels)
    let bands = Bands.streaming(result, threads: threads)
    let epsilon = Float(epsilon)
    return PreparedKernel(
      "openblas.momentNormalization", bandCount: bands.count, scratchCount: channels
    ) { band, scale in
      writeScale(scale, gamma, variance, epsilon, channels)
      let normalized = { (slot: Slot, value: Floats) in
        (slot[value] - slot[mean]) * slot[scale] + slot[beta]
      }
      for pixel in bands[band] {
        let value = input.pixel(pixel)
        switch activation {
        case nil: fill(channels, result.pixel(pixel)) { normalized($0, value) }
        case .relu: fill(channels, result.pixel(pixel)) { normalized($0, value).rectified }
        case .sigmoid: fill(channels, result.pixel(pixel)) { normalized($0, value).sigmoid }
        }
      }
    }
  }
}

extension NormalizationSums {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, image) = (operands[0], operands[1])
    let channels = image.channels
    let (mean, variance) = (operands[2].base, operands[2].base + channels)
    let sums = PartialSums(of: 2 * channels, over: image.pixelCount, threads: threads)
    return PreparedKernel(
      "openblas.normalizationSums", bandCount: sums.bands.count, scratchCount: 3 * channels
    ) { band, chunk in
      let (partial, products) = (sums.partial(band), chunk + channels)
      let scale = chunk + 2 * channels
      if isBehindReLU {
        writeScale(scale, operands[3].base, variance, Float(epsilon), channels)
      }
      sums.forEachChunk(of: band) { pixels in
        chunk.update(repeating: 0, count: 2 * channels)
        for position in pixels {
          let (gradient, value) = (given.pixel(position), image.pixel(position))
          if isBehindReLU {
            fill(channels, chunk) { slot in
              let distance = slot[value] - slot[mean]
              let isCut = distance * slot[scale] + slot[operands[4].base] .<= 0
              let g = slot[gradient].replacing(with: 0, where: isCut)
              slot[products] += g * distance
              return slot[chunk] + g
            }
          } else {
            fill(channels, chunk) { slot in
              let g = slot[gradient]
              slot[products] += g * (slot[value] - slot[mean])
              return slot[chunk] + g
            }
          }
        }
        fill(2 * channels, partial) { $0[partial] + $0[chunk] }
      }
    } finish: {
      for channel in 0..<channels {
        let deviation = (Double(variance[channel]) + epsilon).squareRoot()
        result.base[channel] = Float(sums.total(channel))
        result.base[channels + channel] = Float(sums.total(channels + channel) / deviation)
      }
    }
  }
}

extension NormalizationGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, image, gamma) = (operands[0], operands[1], operands[2].base)
    let channels = image.channels
    let (mean, variance) = (operands[3].base, operands[3].base + channels)
    let (sums, products) = (operands[4].base, operands[4].base + channels)
    let bands = Bands.streaming(result, threads: threads)
    let count = Float(image.pixelCount)
    let epsilon = Float(epsilon)
    return PreparedKernel(
      "openblas.normalizationGradient", bandCount: bands.count, scratchCount: 3 * channels
    ) { band, scale in
      let (slope, offset) = (scale + channels, scale + 2 * channels)
      writeScale(scale, gamma, variance, epsilon, channels)
      for channel in 0..<channels {
        let inverse = 1 / (variance[channel] + epsilon).squareRoot()
        slope[channel] = scale[channel] * inverse * products[channel] / count
        offset[channel] = scale[channel] * sums[channel] / count
      }
      for pixel in bands[band] {
        let (gradient, value) = (given.pixel(pixel), image.pixel(pixel))
        fill(channels, result.pixel(pixel)) { slot in
          let distance = slot[value] - slot[mean]
          var g = slot[gradient]
          if isBehindReLU {
            g = g.replacing(
              with: 0, where: distance * slot[scale] + slot[operands[5].base] .<= 0)
          }
          let step = g * slot[scale] - slot[offset] - distance * slot[slope]
          return isRectified ? step.replacing(with: 0, where: slot[value] .<= 0) : step
        }
      }
    }
  }
}

/// Writes what each channel is multiplied with; one function for all, so that a ReLU is open on the way
/// back exactly where it was on the way there.
private func writeScale(
  _ scale: Floats, _ gamma: Floats, _ variance: Floats, _ epsilon: Float, _ channels: Int
) {
  for channel in 0..<channels {
    scale[channel] = gamma[channel] / (variance[channel] + epsilon).squareRoot()
  }
}
