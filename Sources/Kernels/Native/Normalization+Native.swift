import CKernels
import Graphs
import Tensors

extension MomentNormalization {
  /// A kernel, or nothing where something is bytes.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView, _ threads: Int
  ) -> PreparedKernel? {
    guard let floats = operands.floats, let target = result.floats else { return nil }
    let bands = Bands.streaming(target, threads: threads)
    let normalize = kernels.table.pointee.normalize
    let channels = target.channels
    return PreparedKernel(
      kernels.name(.momentNormalization), bandCount: bands.count, scratchCount: channels
    ) { band, scale in
      writeScale(scale, gamma: floats[1], moments: floats[3], epsilon)
      var step = ckernels_normalization(
        floats[0], moments: floats[3], scale: scale, shift: floats[2])
      step.activation = activation.native
      step.result = target.base
      step.result_stride = target.pixelStride
      normalize(&step, bands[band].lowerBound, bands[band].upperBound)
    }
  }
}

extension NormalizationSums {
  /// A kernel, or nothing where something is bytes.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView, _ threads: Int
  ) -> PreparedKernel? {
    guard let floats = operands.floats, let target = result.floats else { return nil }
    let moments = floats[2]
    let channels = floats[1].channels
    let sums = PartialSums(of: 2 * channels, over: floats[1].pixelCount, threads: threads)
    let add = kernels.table.pointee.add_normalization_sums
    return PreparedKernel(
      kernels.name(.normalizationSums), bandCount: sums.bands.count, scratchCount: 3 * channels
    ) { band, chunk in
      let scale = chunk + 2 * channels
      // Without a ReLU neither scale nor shift matters.
      if isBehindReLU { writeScale(scale, gamma: floats[3], moments: moments, epsilon) }
      var step = ckernels_normalization(
        floats[1], moments: moments, scale: scale, shift: isBehindReLU ? floats[4] : moments)
      step.activation = isBehindReLU ? ckernels_relu : ckernels_identity
      step.gradient = UnsafePointer(floats[0].base)
      step.gradient_stride = floats[0].pixelStride
      let partial = sums.partial(band)
      sums.forEachChunk(of: band) { pixels in
        chunk.update(repeating: 0, count: 2 * channels)
        add(&step, pixels.lowerBound, pixels.upperBound, chunk)
        for index in 0..<2 * channels { partial[index] += chunk[index] }
      }
    } finish: {
      for channel in 0..<channels {
        let deviation = (Double(moments.base[channels + channel]) + epsilon).squareRoot()
        target.base[channel] = Float(sums.total(channel))
        target.base[channels + channel] = Float(sums.total(channels + channel) / deviation)
      }
    }
  }
}

extension NormalizationGradient {
  /// A kernel, or nothing where something is bytes.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView, _ threads: Int
  ) -> PreparedKernel? {
    guard let floats = operands.floats, let target = result.floats else { return nil }
    let (given, image, moments, sums) = (floats[0], floats[1], floats[3], floats[4].base)
    let channels = image.channels
    let bands = Bands.streaming(target, threads: threads)
    let count = Float(image.pixelCount)
    let write = kernels.table.pointee.write_normalization_gradient
    return PreparedKernel(
      kernels.name(.normalizationGradient), bandCount: bands.count, scratchCount: 3 * channels
    ) { band, scale in
      let (slope, offset) = (scale + channels, scale + 2 * channels)
      writeScale(scale, gamma: floats[2], moments: moments, epsilon)
      for channel in 0..<channels {
        let deviation = (moments.base[channels + channel] + Float(epsilon)).squareRoot()
        slope[channel] = scale[channel] / deviation * sums[channels + channel] / count
        offset[channel] = scale[channel] * sums[channel] / count
      }
      // Without a ReLU the shift does not matter.
      var step = ckernels_normalization(
        image, moments: moments, scale: scale, shift: isBehindReLU ? floats[5] : moments)
      step.activation = isBehindReLU ? ckernels_relu : ckernels_identity
      step.gradient = UnsafePointer(given.base)
      step.gradient_stride = given.pixelStride
      step.result = target.base
      step.result_stride = target.pixelStride
      step.slope = UnsafePointer(slope)
      step.offset = UnsafePointer(offset)
      step.rectified = isRectified ? 1 : 0
      write(&step, bands[band].lowerBound, bands[band].upperBound)
    }
  }
}

extension ckernels_normalization {
  /// What is the same there and back.
  fileprivate init(
    _ image: TensorView<Float>, moments: TensorView<Float>, scale: Floats,
    shift: TensorView<Float>
  ) {
    self.init(
      image: image.base, image_stride: image.pixelStride, gradient: nil, gradient_stride: 0,
      result: nil, result_stride: 0, channels: image.channels, mean: moments.base, scale: scale,
      shift: shift.base, activation: ckernels_identity, slope: nil, offset: nil, rectified: 0)
  }
}

/// Writes what each channel's distance to its mean is multiplied with.
private func writeScale(
  _ scale: Floats, gamma: TensorView<Float>, moments: TensorView<Float>, _ epsilon: Double
) {
  let channels = gamma.channels
  for channel in 0..<channels {
    let variance = moments.base[channels + channel]
    scale[channel] = gamma.base[channel] / (variance + Float(epsilon)).squareRoot()
  }
}
