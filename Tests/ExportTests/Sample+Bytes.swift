import Graphs
import Tensors

extension Sample {
  private static let image = Quantization(scale: 0.01, zero: 100)
  private static let other = Quantization(scale: 0.02, zero: 7)
  private static let stored = Quantization(scale: 0.05, zero: 30)

  /// Operations on bytes.
  static let bytes: [Sample] = {
    let full = Epilogue(
      activation: .relu, affine: true, addend: true, factor: true, quantization: stored)
    let plain = Epilogue(activation: .relu, quantization: stored)
    return [
      sample(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [bytes([2, 5, 7, 6]), floats([3, 3, 6, 21])] + channels(21)
          + [TensorType([2, 5, 7, 21], other), floats([2, 5, 7, 21])]),
      sample(
        Convolution(kernel: .one, epilogue: plain),
        [bytes([1, 6, 9, 16]), floats([1, 1, 16, 70]), floats([70])]),
      sample(
        Convolution(kernel: Extent(3, 3)),
        [bytes([1, 4, 31, 32]), floats([3, 3, 32, 3]), floats([3])]),
      sample(
        Convolution(kernel: .one, epilogue: Epilogue(activation: .sigmoid)),
        [bytes([2, 3, 5, 7]), floats([1, 1, 7, 4]), floats([4])]),
      sample(
        Convolution(kernel: Extent(3, 5), stride: Extent(2, 2), epilogue: plain),
        [bytes([1, 9, 26, 33]), floats([3, 5, 33, 17]), floats([17])]),
      sample(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [floats([1, 6, 11, 18]), floats([3, 3, 18, 35])] + channels(35)
          + [TensorType([1, 6, 11, 35], other), TensorType([1, 6, 11, 35], other)]),
      sample(
        TransposedConvolution(kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: plain),
        [bytes([2, 3, 9, 12]), floats([1, 4, 12, 20]), floats([20])]),
      sample(
        TransposedConvolution(kernel: Extent(2, 1), stride: Extent(3, 2), epilogue: plain),
        [bytes([2, 3, 4, 3]), floats([2, 1, 3, 4]), floats([4])]),
      sample(
        MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2)), [bytes([2, 6, 10, 67])]),
      sample(MaxPooling(kernel: Extent(7, 7), stride: .one), [bytes([1, 9, 12, 5])]),
      sample(
        ContextAggregation(window: Extent(7, 7), quantization: stored),
        [bytes([2, 9, 11, 36]), floats([1, 1, 36, 3]), floats([3])]
          + [floats([1, 1, 3, 36]), floats([36])]),
      sample(
        ContextAggregation(window: Extent(3, 4)),
        [bytes([1, 5, 6, 16]), floats([1, 1, 16, 17]), floats([17])]
          + [floats([1, 1, 17, 16]), floats([16])]),
      sample(
        ContextAggregation(window: Extent(5, 1), quantization: stored),
        [floats([1, 5, 6, 17]), floats([1, 1, 17, 2]), floats([2])]
          + [floats([1, 1, 2, 17]), floats([17])]),
      sample(Concatenation(), [bytes([2, 3, 4, 5]), bytes([2, 3, 4, 9])]),
      sample(ChannelSlice(first: 2, count: 3), [bytes([2, 3, 4, 9])]),
      sample(Conversion(to: nil), [bytes([2, 3, 4, 9])]),
      sample(Conversion(to: stored), [floats([2, 3, 4, 9])]),
      sample(Conversion(to: stored), [bytes([2, 3, 4, 9])]),
    ]
  }()

  /// Floats at sizes where blocks of pixels and channels are whole, and where they are not.
  static let larger: [Sample] = {
    let full = Epilogue(activation: .relu, affine: true, addend: true, factor: true)
    return [
      sample(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [floats([2, 5, 33, 20]), floats([3, 3, 20, 11])] + channels(11)
          + [floats([2, 5, 33, 11]), floats([2, 5, 33, 11])]),
      sample(
        Convolution(kernel: .one), [floats([1, 7, 9, 32]), floats([1, 1, 32, 40]), floats([40])]),
      sample(
        Convolution(kernel: Extent(5, 4), stride: Extent(2, 3)),
        [floats([2, 13, 29, 19]), floats([5, 4, 19, 33]), floats([33])]),
      sample(
        Convolution(kernel: Extent(1, 1), stride: Extent(1, 2)),
        [floats([1, 4, 9, 8]), floats([1, 1, 8, 8]), floats([8])]),
      sample(
        TransposedConvolution(kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: full),
        [floats([2, 11, 13, 16]), floats([1, 4, 16, 16])] + channels(16)
          + [floats([2, 11, 26, 16]), floats([2, 11, 26, 16])]),
      sample(
        TransposedConvolution(kernel: Extent(1, 2), stride: Extent(1, 3)),
        [floats([2, 3, 7, 5]), floats([1, 2, 5, 6]), floats([6])]),
      sample(
        TransposedConvolution(kernel: Extent(4, 4), stride: Extent(2, 2)),
        [floats([2, 5, 6, 3]), floats([4, 4, 3, 4]), floats([4])]),
    ]
  }()

  private static func sample(
    _ attributes: some OperationAttributes, _ types: [TensorType]
  ) -> Sample {
    Sample(attributes.operation, types)
  }

  private static func bytes(_ shape: TensorShape) -> TensorType { TensorType(shape, image) }
  private static func floats(_ shape: TensorShape) -> TensorType { TensorType(shape) }
  private static func channels(_ count: Int) -> [TensorType] {
    [TensorType]([floats([count]), floats([count]), floats([count])])
  }
}
