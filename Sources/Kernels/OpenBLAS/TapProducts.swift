import Tensors

/// How the taps of a window carry an input's position to the output's, along one axis:
/// `output = input * step + tap * direction + offset`.
struct TapAxis {
  let taps: Int
  let step: Int
  let direction: Int
  let offset: Int

  /// Where a tap moves the input's position 0.
  func shift(_ tap: Int) -> Int { tap * direction + offset }

  /// The input's position that a tap carries to `output`, if there is one.
  func input(of output: Int, tap: Int, size: Int) -> Int? {
    let distance = output - shift(tap)
    guard distance >= 0, distance % step == 0, distance / step < size else { return nil }
    return distance / step
  }

  /// The input's positions that a tap carries into an output of `outputSize` elements.
  func inputs(tap: Int, size: Int, outputSize: Int) -> Range<Int> {
    let shift = shift(tap)
    let first = shift >= 0 ? 0 : (step - 1 - shift) / step
    let end = outputSize <= shift ? 0 : min(size, (outputSize - 1 - shift) / step + 1)
    return first..<max(first, end)
  }
}

/// A convolution, transposed or not, as one matrix product of pixels with the weights of all taps,
/// `[pixels, I] x [I, KH * KW * O]`, and the sum of the products that meet in each output.
struct TapProducts {
  private let input: TensorView<Float>
  private let result: TensorView<Float>
  private let rows: TapAxis
  private let columns: TapAxis
  private let weights: TensorView<Float>
  /// The weights of all taps beside each other, where they are fixed.
  private let wideWeights: FloatBuffer?

  /// Rearranges the weights `[KH, KW, I, O]` if they are fixed.
  init(
    _ input: TensorView<Float>, weights: TensorView<Float>, _ result: TensorView<Float>,
    _ conditions: Conditions, rows: TapAxis, columns: TapAxis
  ) {
    self.input = input
    self.result = result
    self.rows = rows
    self.columns = columns
    self.weights = weights
    wideWeights =
      conditions.weightsAreFixed
      ? Self.rearranged(weights, taps: rows.taps * columns.taps, inputs: input.channels) : nil
  }

  private static func rearranged(
    _ weights: TensorView<Float>, taps: Int, inputs: Int
  ) -> FloatBuffer {
    let outputs = weights.channels
    let wide = FloatBuffer(count: inputs * outputs * taps)
    for tap in 0..<taps {
      for channel in 0..<inputs {
        (wide.base + (channel * taps + tap) * outputs).update(
          from: weights.pixel(tap * inputs + channel), count: outputs)
      }
    }
    return wide
  }

  /// Products of one input pixel.
  private var length: Int { rows.taps * columns.taps * result.channels }

  /// The kernel by bands of the output's rows.
  func kernel(_ name: String, _ threads: Int, _ finish: EpiloguePass) -> PreparedKernel {
    let (height, outputHeight) = (input.shape[1], result.shape[1])
    let perRow = input.shape[2] * length
    let wantedRows = max(1, 131072 / perRow) * rows.step
    let bands = Bands(of: result.shape[0] * outputHeight, size: wantedRows, threads: threads)
    let inputRows = min(height, (bands.largest + rows.taps - 2) / rows.step + 2)
    let scratchCount = max(inputRows * perRow, finish.scratchCount)
    return PreparedKernel(name, bandCount: bands.count, scratchCount: scratchCount) {
      band, scratch in
      var row = bands[band].lowerBound
      while row < bands[band].upperBound {
        let image = row / outputHeight
        let end = min(bands[band].upperBound, (image + 1) * outputHeight)
        write(image: image, (row - image * outputHeight)..<(end - image * outputHeight), scratch)
        let width = result.shape[2]
        finish.apply(to: row * width..<end * width, scratch)
        row = end
      }
    }
  }

  /// Computes the sums of some rows of one image.
  private func write(image: Int, _ outputRows: Range<Int>, _ products: Floats) {
    let (height, width) = (input.shape[1], input.shape[2])
    let needed = outputRows.flatMap { y in
      (0..<rows.taps).compactMap { rows.input(of: y, tap: $0, size: height) }
    }
    let first = needed.min() ?? 0
    let end = (needed.max() ?? -1) + 1
    let pixels = (image * height + first) * width..<(image * height + end) * width
    let taps = rows.taps * columns.taps
    if !pixels.isEmpty { multiply(pixels, into: products) }
    for y in outputRows {
      let sums = (image * result.shape[1] + y) * result.shape[2]
      result.clear(sums..<sums + result.shape[2])
      for tap in 0..<taps {
        guard let row = rows.input(of: y, tap: tap / columns.taps, size: height) else { continue }
        let tapProducts = products + (row - first) * width * length + tap * result.channels
        add(tapProducts, tap: tap % columns.taps, to: sums)
      }
    }
  }

  /// Computes the products of some input pixels: all at once, or tap by tap from the weights as they
  /// are.
  private func multiply(_ pixels: Range<Int>, into products: Floats) {
    let (inputs, outputs) = (input.channels, result.channels)
    if let wideWeights {
      OpenBLAS.multiply(
        input.matrix(pixels),
        OpenBLAS.Matrix(base: wideWeights.base, rows: inputs, columns: length, stride: length),
        into: OpenBLAS.Matrix(base: products, rows: pixels.count, columns: length, stride: length))
      return
    }
    for tap in 0..<(rows.taps * columns.taps) {
      OpenBLAS.multiply(
        input.matrix(pixels),
        OpenBLAS.Matrix(
          base: weights.pixel(tap * inputs), rows: inputs, columns: outputs,
          stride: weights.pixelStride),
        into: OpenBLAS.Matrix(
          base: products + tap * outputs, rows: pixels.count, columns: outputs, stride: length))
    }
  }

  /// Adds one tap's products of an input row to an output row.
  private func add(_ products: Floats, tap: Int, to sums: Int) {
    let channels = result.channels
    let inputs = columns.inputs(tap: tap, size: input.shape[2], outputSize: result.shape[2])
    let step = columns.step * result.pixelStride
    var output =
      result.pixel(sums) + inputs.lowerBound * step
      + columns.shift(tap) * result.pixelStride
    var product = products + inputs.lowerBound * length
    for _ in inputs {
      fill(channels, output) { $0[output] + $0[product] }
      output += step
      product += length
    }
  }
}
