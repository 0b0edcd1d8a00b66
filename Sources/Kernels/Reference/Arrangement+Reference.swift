import Graphs
import Tensors

extension Scaling {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let value = operands[0].pixel(position)
      for channel in 0..<result.channels {
        result.pixel(position)[channel] = value[channel] * S(factor)
      }
    }
  }
}

extension Summation {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let input = operands[0]
    result.clear()
    for position in 0..<input.pixelCount {
      let value = input.pixel(position)
      for channel in 0..<input.channels {
        switch self {
        case .pixels: result.base[channel] += value[channel]
        case .channels: result.pixel(position)[0] += value[channel]
        }
      }
    }
  }
}

extension ChannelEmbedding {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    result.clear(pixels)
    operands[0].copy(pixels, to: result.channels(from: first, count: operands[0].channels))
  }
}

extension Reshaping {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let input = operands[0]
    for position in 0..<result.shape.count {
      let (from, to) = (
        position.quotientAndRemainder(dividingBy: input.channels),
        position.quotientAndRemainder(dividingBy: result.channels)
      )
      result.pixel(to.quotient)[to.remainder] = input.pixel(from.quotient)[from.remainder]
    }
  }
}

extension KernelTransposition {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (weights, outputs) = (operands[0], operands[0].channels)
    let inputs = result.channels
    let taps = weights.shape[0] * weights.shape[1]
    for tap in 0..<taps {
      let place = isReversed ? taps - 1 - tap : tap
      for output in 0..<outputs {
        let row = result.pixel(place * outputs + output)
        for input in 0..<inputs { row[input] = weights.pixel(tap * inputs + input)[output] }
      }
    }
  }
}

extension RankMean {
  /// What one machine knows: the mean over all is taken where machines meet.
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    operands[0].copy(0..<result.pixelCount, to: result)
  }
}

extension ChannelShuffle {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let count = result.channels
    let length = count / groupCount
    for position in pixels {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for group in 0..<groupCount {
        for place in 0..<length { to[place * groupCount + group] = from[group * length + place] }
      }
    }
  }
}
