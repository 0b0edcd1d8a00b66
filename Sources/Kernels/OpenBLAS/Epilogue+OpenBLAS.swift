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

  /// Turns the sums that lie in some pixels of the result into the result, while they are cached.
  func apply(to pixels: Range<Int>) {
    switch epilogue.activation {
    case nil:
      if epilogue != Epilogue(bias: false) { apply(to: pixels) { $0 } }
    case .relu: apply(to: pixels) { $0.rectified }
    case .sigmoid: apply(to: pixels) { $0.sigmoid }
    }
  }

  /// One loop per combination, so that none of them decides anything inside.
  @inline(__always)
  private func apply(to pixels: Range<Int>, _ activate: (Lanes) -> Lanes) {
    let bias = operands.bias?.base ?? zeros.base
    let channels = result.channels
    switch (operands.scale, operands.shift, operands.addend) {
    case (let scale?, let shift?, let addend?):
      for pixel in pixels {
        let (sums, added) = (result.pixel(pixel), addend.pixel(pixel))
        fill(channels, sums) {
          activate($0[sums] + $0[bias]) * $0[scale.base] + $0[shift.base] + $0[added]
        }
      }
    case (let scale?, let shift?, nil):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) { activate($0[sums] + $0[bias]) * $0[scale.base] + $0[shift.base] }
      }
    case (_, _, let addend?):
      for pixel in pixels {
        let (sums, added) = (result.pixel(pixel), addend.pixel(pixel))
        fill(channels, sums) { activate($0[sums] + $0[bias]) + $0[added] }
      }
    case (_, _, nil):
      for pixel in pixels {
        let sums = result.pixel(pixel)
        fill(channels, sums) { activate($0[sums] + $0[bias]) }
      }
    }
  }
}
