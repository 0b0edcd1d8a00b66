import Graphs
import Tensors

/// What follows the sums of a convolution, bound to memory and done in one pass.
struct EpiloguePass {
  private let epilogue: Epilogue
  private let result: TensorView<Float>
  private let operands: Epilogue.Operands<TensorView<Float>>
  private let zeros: FloatBuffer

  init(
    _ epilogue: Epilogue, _ operands: some Collection<TensorView<Float>>,
    _ result: TensorView<Float>
  ) {
    self.epilogue = epilogue
    self.result = result
    self.operands = epilogue.split(operands)
    zeros = FloatBuffer(count: epilogue.bias ? 0 : result.channels)
  }

  /// Floats of scratch memory that `apply` needs.
  var scratchCount: Int { operands.addend == nil ? 0 : chunk * result.channels }

  /// Pixels whose addends are fetched at once: 16 KiB of them.
  private var chunk: Int { max(1, 4096 / result.channels) }

  /// Turns the sums that lie in some pixels of the result into the result, while they are cached.
  func apply(to pixels: Range<Int>, _ scratch: Floats) {
    add(to: pixels, scratch)
    guard let factor = operands.factor else { return }
    for pixel in pixels {
      let (sums, other) = (result.pixel(pixel), factor.pixel(pixel))
      fill(result.channels, sums) { $0[sums] * $0[other] }
    }
  }

  private func add(to pixels: Range<Int>, _ scratch: Floats) {
    guard let addend = operands.addend else { return activate(pixels, nil) }
    // The addend comes from afar. Copied first, many of its pixels are on their way at once; in the
    // midst of arithmetic the processor would see only the next two.
    var first = pixels.lowerBound
    while first < pixels.upperBound {
      let part = first..<min(first + chunk, pixels.upperBound)
      for pixel in part {
        let source = addend.pixel(pixel)
        fill(result.channels, scratch + (pixel - first) * result.channels) { $0[source] }
      }
      activate(part, scratch)
      first = part.upperBound
    }
  }

  private func activate(_ pixels: Range<Int>, _ addends: Floats?) {
    switch epilogue.activation {
    case nil:
      if epilogue != Epilogue(bias: false) { finish(pixels, addends) { $0 } }
    case .relu: finish(pixels, addends) { $0.rectified }
    case .sigmoid: finish(pixels, addends) { $0.sigmoid }
    }
  }

  /// One loop per combination, so that none of them decides anything inside.
  @inline(__always)
  private func finish(
    _ pixels: Range<Int>, _ addends: Floats?, _ activate: (Lanes) -> Lanes
  ) {
    let bias = operands.bias?.base ?? zeros.base
    let channels = result.channels
    switch (operands.scale?.base, operands.shift?.base, addends) {
    case (let scale?, let shift?, var added?):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) {
          activate($0[sums] + $0[bias]) * $0[scale] + $0[shift] + $0[added]
        }
        added += channels
      }
    case (let scale?, let shift?, nil):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) { activate($0[sums] + $0[bias]) * $0[scale] + $0[shift] }
      }
    case (_, _, var added?):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) { activate($0[sums] + $0[bias]) + $0[added] }
        added += channels
      }
    case (_, _, nil):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) { activate($0[sums] + $0[bias]) }
      }
    }
  }
}
