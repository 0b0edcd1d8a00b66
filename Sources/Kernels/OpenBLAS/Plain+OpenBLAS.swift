import Graphs
import Tensors

// Operations whose plain loops do, shared among threads by pixels or by images.

/// A kernel of one band.
private func whole(_ name: String, _ body: @escaping () -> Void) -> PreparedKernel {
  PreparedKernel("openblas.\(name)") { _, _ in body() }
}

/// A kernel of bands of the result's pixels.
private func byPixels(
  _ name: String, _ result: TensorView<Float>, _ threads: Int,
  _ body: @escaping (Range<Int>) -> Void
) -> PreparedKernel {
  let bands = Bands.streaming(result, threads: threads)
  return PreparedKernel("openblas.\(name)", bandCount: bands.count) { band, _ in
    body(bands[band])
  }
}

/// A kernel of one band per image.
private func byImages(
  _ name: String, _ result: TensorView<Float>, _ body: @escaping (Range<Int>) -> Void
) -> PreparedKernel {
  PreparedKernel("openblas.\(name)", bandCount: result.shape[0]) { band, _ in
    body(band..<band + 1)
  }
}

extension DepthwiseConvolution {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("depthwiseConvolution", result, threads) { reference(operands, result, $0) }
  }
}

extension AveragePooling {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("averagePooling", result, threads) { reference(operands, result, $0) }
  }
}

extension Upsampling {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("upsampling", result, threads) { reference(operands, result, $0) }
  }
}

extension Shift {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("shift", result, threads) { reference(operands, result, $0) }
  }
}

extension ChannelEmbedding {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("channelEmbedding", result, threads) { reference(operands, result, $0) }
  }
}

extension NeighbourSum {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("neighbourSum", result, threads) { reference(operands, result, $0) }
  }
}

extension CrossEntropyGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byPixels("crossEntropyGradient", result, threads) { reference(operands, result, $0) }
  }
}

extension DepthwiseInputGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byImages("depthwiseInputGradient", result) { reference(operands, result, images: $0) }
  }
}

extension AveragePoolingGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byImages("averagePoolingGradient", result) { reference(operands, result, images: $0) }
  }
}

extension UpsamplingGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byImages("upsamplingGradient", result) { reference(operands, result, images: $0) }
  }
}

extension LovaszSoftmaxGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byImages("lovaszSoftmaxGradient", result) { reference(operands, result, images: $0) }
  }
}

extension DepthwiseWeightGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    whole("depthwiseWeightGradient") { reference(operands, result) }
  }
}

extension Reshaping {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    whole("reshaping") { reference(operands, result) }
  }
}

extension KernelTransposition {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    whole("kernelTransposition") { reference(operands, result) }
  }
}

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

extension RankMean {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    whole("rankMean") { reference(operands, result) }
  }
}
