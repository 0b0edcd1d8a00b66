import Graphs
import Tensors

extension Concatenation {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for (operand, place) in zip(operands, Self.places(of: operands, in: result)) {
      operand.copy(0..<place.pixelCount, to: place)
    }
  }

  /// Where each operand goes.
  static func places<S: TensorScalar>(
    of operands: [TensorView<S>], in result: TensorView<S>
  ) -> [TensorView<S>] {
    var first = 0
    return operands.map { operand in
      defer { first += operand.channels }
      return result.channels(from: first, count: operand.channels)
    }
  }
}

extension ChannelSlice {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    operands[0].channels(from: first, count: count).copy(0..<result.pixelCount, to: result)
  }
}

extension TensorView {
  /// Copies some pixels, unless they already lie where they should.
  func copy(_ pixels: Range<Int>, to other: TensorView) {
    if lies(at: other) { return }
    for position in pixels {
      other.pixel(position).update(from: pixel(position), count: channels)
    }
  }

  /// Whether the elements are in another view's memory already.
  func lies(at other: TensorView) -> Bool {
    base == other.base && pixelStride == other.pixelStride
  }
}
