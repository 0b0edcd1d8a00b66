import CKernels
import Graphs
import Tensors

extension ContextAggregation {
  /// Some rows at a time: what is pooled and squeezed stays in the cache.
  func native(
    _ kernels: NativeKernels, _ operands: [TensorView<Float>], _ result: TensorView<Float>,
    _ conditions: Conditions
  ) -> PreparedKernel {
    let parts = NativeAggregation(window, kernels, operands, result)
    let rows = result.shape[0] * result.shape[1]
    let bands = Bands(of: rows, size: NativeAggregation.rowsAtOnce, threads: conditions.threads)
    return PreparedKernel(
      kernels.name(.contextAggregation, "\(window)"), bandCount: bands.count,
      scratchCount: parts.scratchCount(rows: bands.largest),
      start: conditions.arranging(parts.arrange)
    ) { band, scratch in
      parts.run(bands[band], scratch)
    }
  }
}

/// A pooling and two products, one after the other over the same rows.
private struct NativeAggregation {
  /// As many as the pooling does at once.
  static let rowsAtOnce = 4

  private let kernels: NativeKernels
  /// The kernels of the squeeze, whose results are few.
  private let narrow: NativeKernels
  private let operands: [TensorView<Float>]
  private let result: TensorView<Float>
  private let window: Extent
  private let squeeze: FloatBuffer
  private let excite: FloatBuffer
  private let squeezeEnd: NativeEpilogue
  private let exciteEnd: NativeEpilogue
  private let pooling: ckernels_pooling

  init(
    _ window: Extent, _ kernels: NativeKernels, _ operands: [TensorView<Float>],
    _ result: TensorView<Float>
  ) {
    self.kernels = kernels
    self.operands = operands
    self.result = result
    self.window = window
    let image = operands[0]
    let squeezed = operands[2].channels
    narrow = kernels.narrowed(to: squeezed)
    squeeze = narrow.packedBuffer(rows: image.channels, columns: squeezed)
    excite = kernels.packedBuffer(rows: squeezed, columns: image.channels)
    squeezeEnd = NativeEpilogue(Epilogue(activation: .relu), [operands[2]], narrow)
    exciteEnd = NativeEpilogue(
      Epilogue(activation: .sigmoid, factor: true), [operands[4], image], kernels)
    let slide = SlidingWindow(
      kernel: window, stride: .one, over: Extent(image.shape[1], image.shape[2]))
    var rows = image.image
    rows.stride = image.channels
    pooling = ckernels_pooling(
      input: image.image, output: rows, kernel_height: window.height, kernel_width: window.width,
      step_y: 1, step_x: 1, top: slide.rows.before, left: slide.columns.before)
  }

  private var width: Int { result.shape[2] }
  private var channels: Int { result.channels }
  private var squeezed: Int { operands[2].channels }

  func scratchCount(rows: Int) -> Int {
    withUnsafePointer(to: pooling) { kernels.table.pointee.pooling_scratch_count($0) }
      + rows * width * (channels + squeezed)
  }

  func arrange() {
    narrow.pack(operands[1], to: squeeze)
    kernels.pack(operands[3], to: excite)
    squeezeEnd.arrange()
    exciteEnd.arrange()
  }

  func run(_ rows: Range<Int>, _ scratch: Floats) {
    let table = kernels.table.pointee
    let pooled = scratch + withUnsafePointer(to: pooling) { table.pooling_scratch_count($0) }
    let hidden = pooled + rows.count * width * channels
    var pool = pooling
    // An image of which these rows are the only ones that exist.
    pool.output.base = pooled - rows.lowerBound * width * channels
    table.pool(&pool, rows.lowerBound, rows.upperBound, scratch)
    var first = ckernels_product(
      input: pooled, input_stride: channels, inputs: channels, output: hidden,
      output_stride: squeezed, outputs: squeezed, weights: squeeze.base,
      epilogue: squeezeEnd.value)
    narrow.table.pointee.multiply(&first, 0, rows.count * width)
    var second = ckernels_product(
      input: hidden - rows.lowerBound * width * squeezed, input_stride: squeezed,
      inputs: squeezed, output: result.base, output_stride: result.pixelStride,
      outputs: channels, weights: excite.base, epilogue: exciteEnd.value)
    table.multiply(&second, rows.lowerBound * width, rows.upperBound * width)
  }
}
