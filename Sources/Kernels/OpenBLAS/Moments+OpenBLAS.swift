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
      for channel in 0..<channels {
        scale[channel] = gamma[channel] / (variance[channel] + epsilon).squareRoot()
      }
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
      "openblas.normalizationSums", bandCount: sums.bands.count, scratchCount: 2 * channels
    ) { band, chunk in
      let (partial, products) = (sums.partial(band), chunk + channels)
      sums.forEachChunk(of: band) { pixels in
        chunk.update(repeating: 0, count: 2 * channels)
        for position in pixels {
          let (gradient, value) = (given.pixel(position), image.pixel(position))
          fill(channels, chunk) { slot in
            let g = slot[gradient]
            slot[products] += g * (slot[value] - slot[mean])
            return slot[chunk] + g
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
      for channel in 0..<channels {
        let inverse = 1 / (variance[channel] + epsilon).squareRoot()
        scale[channel] = gamma[channel] * inverse
        slope[channel] = scale[channel] * inverse * products[channel] / count
        offset[channel] = scale[channel] * sums[channel] / count
      }
      for pixel in bands[band] {
        let (gradient, value) = (given.pixel(pixel), image.pixel(pixel))
        fill(channels, result.pixel(pixel)) { slot in
          let x = slot[value]
          let step =
            slot[gradient] * slot[scale] - slot[offset] - (x - slot[mean]) * slot[slope]
          return isRectified ? step.replacing(with: 0, where: x .<= 0) : step
        }
      }
    }
  }
}
