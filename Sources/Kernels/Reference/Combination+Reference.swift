import Graphs
import Tensors

extension Combination {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (first, second) = (operands[0], operands[1])
    guard let broadcast = Self.broadcast(second.shape, to: first.shape) else {
      preconditionFailure("\(second.shape) does not meet \(first.shape)")
    }
    for position in 0..<result.pixelCount {
      let (a, sum) = (first.pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let b =
          switch broadcast {
          case .elements: second.pixel(position)[channel]
          case .channels: second.base[channel]
          case .pixels: second.pixel(position)[0]
          }
        sum[channel] = reference(a[channel], b)
      }
    }
  }

  private func reference<S: TensorScalar>(_ a: S, _ b: S) -> S {
    switch self {
    case .sum: a + b
    case .difference: a - b
    case .product: a * b
    }
  }
}

extension Dropout {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let scale = 1 / S(keep)
    for position in 0..<result.pixelCount {
      let (value, noise) = (operands[0].pixel(position), operands[1].pixel(position))
      let kept = result.pixel(position)
      for channel in 0..<result.channels {
        kept[channel] = noise[channel] < S(keep) ? value[channel] * scale : 0
      }
    }
  }
}
