import CKernels
import Graphs
import Tensors

extension ContextAggregation {
  /// Some rows at a time: what is pooled and squeezed stays in the cache.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ conditions: Conditions
  ) -> PreparedKernel {
    let parts = NativeAggregation(self, kernels, operands, result)
    let rows = result.shape[0] * result.shape[1]
    let bands = Bands(of: rows, size: NativeAggregation.rowsAtOnce, threads: conditions.threads)
    let name = kernels.name(.contextAggregation, "\(window)")
    return PreparedKernel(
      operands[0].quantization == nil ? name : name + ".bytes", bandCount: bands.count,
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
  private let image: ValueView
  private let result: ValueView
  private let squeeze: NativeSqueeze
  private let excite: FloatBuffer
  private let exciteWeights: TensorView<Float>
  private let exciteEnd: NativeEpilogue
  private let pooling: ckernels_pooling

  init(
    _ attributes: ContextAggregation, _ kernels: NativeKernels, _ operands: [ValueView],
    _ result: ValueView
  ) {
    self.kernels = kernels
    self.result = result
    image = operands[0]
    squeeze = NativeSqueeze(image, operands[1].parameters, operands[2], kernels)
    exciteWeights = operands[3].parameters
    excite = kernels.packedBuffer(rows: squeeze.outputs, columns: image.channels)
    let end = Epilogue(
      activation: .sigmoid, factor: true, quantization: attributes.quantization)
    exciteEnd = NativeEpilogue(end, [operands[4], image], kernels)
    let slide = SlidingWindow(
      kernel: attributes.window, stride: .one, over: Extent(image.shape[1], image.shape[2]))
    var rows = image.image
    rows.stride = image.channels
    pooling = ckernels_pooling(
      input: image.image, output: rows, kernel_height: attributes.window.height,
      kernel_width: attributes.window.width, step_y: 1, step_x: 1, top: slide.rows.before,
      left: slide.columns.before, bytes: image.quantization == nil ? 0 : 1)
  }

  private var width: Int { result.shape[2] }
  private var channels: Int { result.channels }

  private var poolingScratch: Int {
    withUnsafePointer(to: pooling) { kernels.table.pointee.pooling_scratch_count($0) }
  }

  /// Floats of memory that pooled rows need, and bytes of memory of one row.
  private func pooledCount(rows: Int) -> Int { (rows * pooledRowSize + 3) / 4 }
  private var pooledRowSize: Int { width * channels * (image.quantization == nil ? 4 : 1) }

  func scratchCount(rows: Int) -> Int {
    poolingScratch + pooledCount(rows: rows) + rows * width * squeeze.outputs
      + squeeze.scratchCount
  }

  func arrange() {
    squeeze.arrange()
    kernels.pack(exciteWeights, to: excite)
    exciteEnd.arrange()
  }

  func run(_ rows: Range<Int>, _ scratch: Floats) {
    let pooled = UnsafeMutableRawPointer(scratch + poolingScratch)
    let hidden = scratch + poolingScratch + pooledCount(rows: rows.count)
    var pool = pooling
    // An image of which these rows are the only ones that exist.
    pool.output.base = pooled - rows.lowerBound * pooledRowSize
    kernels.table.pointee.pool(&pool, rows.lowerBound, rows.upperBound, scratch)
    let squeezed = squeeze.outputs
    squeeze.run(
      pooled, to: hidden, rows: rows.count, width: width,
      scratch: hidden + rows.count * width * squeezed)
    var product = ckernels_product(
      input: hidden - rows.lowerBound * width * squeezed, input_stride: squeezed,
      inputs: squeezed, output: result.base, output_stride: result.pixelStride,
      outputs: channels, weights: excite.base, epilogue: exciteEnd.value)
    kernels.table.pointee.multiply(&product, rows.lowerBound * width, rows.upperBound * width)
  }
}
