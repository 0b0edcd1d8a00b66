import Graphs
import Tensors

/// Operations on bytes by kernels for floats: the operands are copied to floats before, the result is
/// rounded to bytes after.
struct ThroughFloats {
  let operands: [ValueView]
  let result: ValueView

  /// A kernel whose inner part `prepare` makes for floats.
  func kernel(
    _ prepare: (_ operands: [TensorView<Float>], _ result: TensorView<Float>) -> PreparedKernel
  ) -> PreparedKernel {
    let copies = operands.map { FloatCopy(of: $0) }
    let target = FloatCopy(of: result)
    let inner = prepare(copies.map(\.view), target.view)
    return PreparedKernel(
      inner.name, bandCount: inner.bandCount, scratchCount: inner.scratchCount,
      start: {
        for copy in copies { copy.read() }
        inner.start()
      }, run: inner.run,
      finish: { [target] in
        inner.finish()
        target.write()
      })
  }
}

/// A value as floats: the value itself, or a copy.
private struct FloatCopy {
  let view: TensorView<Float>
  private let original: ValueView
  private let buffer: FloatBuffer?

  init(of value: ValueView) {
    original = value
    if let floats = value.floats {
      (view, buffer) = (floats, nil)
    } else {
      let memory = FloatBuffer(count: value.shape.count)
      (view, buffer) = (TensorView(base: memory.base, shape: value.shape), memory)
    }
  }

  func read() {
    if let buffer {
      withExtendedLifetime(buffer) { original.copy(0..<view.pixelCount, to: view) }
    }
  }

  func write() {
    if let buffer {
      withExtendedLifetime(buffer) { original.take(0..<view.pixelCount, from: view) }
    }
  }
}
