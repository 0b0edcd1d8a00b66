import Graphs
import Tensors

extension ConvolutionWeightGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    byProducts(
      "openblas.convolutionWeightGradient.\(kernel)", operands, result, threads,
      OpenBLAS.addProduct)
  }

  /// Adds a transposed matrix times another one to a third.
  typealias AddProduct = (
    _ transposed: OpenBLAS.Matrix, _ other: OpenBLAS.Matrix, _ sum: OpenBLAS.Matrix
  ) -> Void

  /// Matrix products of what lies under the window, transposed, with the gradient; each band has a sum
  /// of its own.
  func byProducts(
    _ name: String, _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int,
    _ addProduct: @escaping AddProduct
  ) -> PreparedKernel {
    let parts = WeightGradientParts(
      attributes: self, name: name, operands: operands, result: result, threads: threads,
      addProduct: addProduct)
    if kernel == .one && stride == .one { return parts.pointwise() }
    return stride == .one ? parts.byStrips() : parts.byPatches()
  }
}

/// A weight gradient as matrix products over parts of the image.
private struct WeightGradientParts {
  let attributes: ConvolutionWeightGradient
  let name: String
  let operands: [TensorView<Float>]
  let result: TensorView<Float>
  let threads: Int
  let addProduct: ConvolutionWeightGradient.AddProduct

  private var kernel: Extent { attributes.kernel }

  func pointwise() -> PreparedKernel {
    let (input, given) = (operands[0], operands[1])
    let sums = WeightSums(result, parts: given.pixelCount, threads: threads)
    return PreparedKernel(name, bandCount: sums.bands.count) { band, _ in
      let sum = sums.cleared(band)
      addProduct(input.matrix(sums.bands[band]), given.matrix(sums.bands[band]), sum)
    } finish: {
      sums.add()
    }
  }

  func byStrips() -> PreparedKernel {
    let given = operands[1]
    let strips = Strips(operands[0], kernel: kernel)
    let sums = WeightSums(result, parts: given.shape[0] * given.shape[1], threads: threads)
    let chunks = strips.bands(threads: threads)
    return PreparedKernel(
      name, bandCount: sums.bands.count, scratchCount: strips.scratchCount(chunks)
    ) { band, scratch in
      let sum = sums.cleared(band)
      for part in strips.parts(sums.bands[band]) {
        var first = part.lowerBound
        while first < part.upperBound {
          let rows = first..<min(first + chunks.largest, part.upperBound)
          strips.write(rows, to: scratch)
          let gradient = given.matrix(
            rows.lowerBound * strips.width..<rows.upperBound * strips.width)
          for ky in 0..<kernel.height {
            addProduct(
              strips.matrix(scratch, from: ky, rows: rows.count), gradient,
              sum.rows(ky * strips.length..<(ky + 1) * strips.length))
          }
          first = rows.upperBound
        }
      }
    } finish: {
      sums.add()
    }
  }

  func byPatches() -> PreparedKernel {
    let given = operands[1]
    let patches = Patches(operands[0], kernel: kernel, stride: attributes.stride)
    let sums = WeightSums(result, parts: given.pixelCount, threads: threads)
    let chunk = max(256, 65536 / patches.length)
    return PreparedKernel(
      name, bandCount: sums.bands.count, scratchCount: chunk * patches.length
    ) { band, scratch in
      let sum = sums.cleared(band)
      var first = sums.bands[band].lowerBound
      while first < sums.bands[band].upperBound {
        let pixels = first..<min(first + chunk, sums.bands[band].upperBound)
        patches.write(pixels, to: scratch)
        let panel = OpenBLAS.Matrix(
          base: scratch, rows: pixels.count, columns: patches.length, stride: patches.length)
        addProduct(panel, given.matrix(pixels), sum)
        first = pixels.upperBound
      }
    } finish: {
      sums.add()
    }
  }
}

/// Sums of weights' gradients, one per band, added up in the order of the bands.
private struct WeightSums {
  let bands: Bands
  private let result: TensorView<Float>
  private let partials: FloatBuffer

  init(_ result: TensorView<Float>, parts: Int, threads: Int) {
    self.result = result
    bands = Bands(of: parts, size: max(1, parts / (2 * threads)), threads: threads)
    partials = FloatBuffer(count: bands.count * result.shape.count)
  }

  /// A band's sum, set to zero, as a matrix of one row per tap and input.
  func cleared(_ band: Int) -> OpenBLAS.Matrix {
    let base = partials.base + band * result.shape.count
    base.update(repeating: 0, count: result.shape.count)
    return OpenBLAS.Matrix(
      base: base, rows: result.pixelCount, columns: result.channels, stride: result.channels)
  }

  func add() {
    for pixel in 0..<result.pixelCount {
      let first = partials.base + pixel * result.channels
      fill(result.channels, result.pixel(pixel)) { slot in
        var sum = slot[first]
        for band in 1..<max(1, bands.count) { sum += slot[first + band * result.shape.count] }
        return sum
      }
    }
  }
}

extension OpenBLAS.Matrix {
  fileprivate func rows(_ range: Range<Int>) -> OpenBLAS.Matrix {
    OpenBLAS.Matrix(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }
}
