import CKernels
import Graphs
import Tensors

/// The squeeze of a context aggregation: few outputs of dense rows of floats or bytes, as floats.
struct NativeSqueeze {
  let outputs: Int
  /// Floats of scratch memory that a run needs.
  let scratchCount: Int
  private let kernels: NativeKernels
  private let weights: TapWeights
  private let finish: NativeEpilogue
  private let convolution: ckernels_convolution

  init(
    _ image: ValueView, _ weights: TensorView<Float>, _ bias: ValueView, _ kernels: NativeKernels
  ) {
    outputs = weights.channels
    self.kernels = image.floats == nil ? kernels : kernels.narrowed(to: weights.channels)
    self.weights = TapWeights([0], of: weights, over: image, self.kernels)
    finish = NativeEpilogue(Epilogue(activation: .relu), [bias], self.kernels)
    var rows = image.image
    rows.stride = image.channels
    var convolution = ckernels_convolution(
      input: rows, output: rows, kernel_height: 1, kernel_width: 1, step_y: 1, step_x: 1, top: 0,
      left: 0, first_column: 0, column_step: 1, columns: image.shape[2], weights: nil,
      epilogue: finish.value, rescale: nil, offset: nil, padding: 0, groups: nil, group_count: 0)
    convolution.output.stride = outputs
    convolution.output.channels = outputs
    self.weights.apply(to: &convolution)
    self.convolution = convolution
    let table = self.kernels.table.pointee
    scratchCount = withUnsafePointer(to: convolution) { table.convolution_scratch_count($0) }
  }

  func arrange() {
    weights.arrange()
    finish.arrange()
  }

  /// Squeezes some dense rows.
  func run(
    _ input: UnsafeMutableRawPointer, to output: Floats, rows: Int, width: Int, scratch: Floats
  ) {
    let table = kernels.table.pointee
    if convolution.rescale == nil, let packed = convolution.weights {
      var product = ckernels_product(
        input: input.assumingMemoryBound(to: Float.self),
        input_stride: convolution.input.channels, inputs: convolution.input.channels,
        output: output, output_stride: outputs, outputs: outputs,
        weights: packed.assumingMemoryBound(to: Float.self), epilogue: finish.value)
      table.multiply(&product, 0, rows * width)
    } else {
      var part = convolution
      part.input.base = input
      part.output.base = UnsafeMutableRawPointer(output)
      part.input.height = rows
      part.output.height = rows
      table.convolve(&part, 0, rows, scratch)
    }
  }
}
