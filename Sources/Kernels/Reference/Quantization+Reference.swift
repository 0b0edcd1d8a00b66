import Graphs
import Tensors

extension Conversion {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    for position in pixels {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        to[channel] = quantization?.rounded(from[channel]) ?? from[channel]
      }
    }
  }
}

extension WeightRounding {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let weights = operands[0]
    let rows = 0..<weights.pixelCount
    for output in 0..<weights.channels {
      let greatest = rows.reduce(0) { max($0, abs(weights.pixel($1)[output])) }
      // A normal number, since weights are divided by it.
      let step = greatest > 0 ? max(greatest / S(greatestStep), .leastNormalMagnitude) : 1
      for row in rows {
        result.pixel(row)[output] =
          (weights.pixel(row)[output] / step).rounded(.toNearestOrEven) * step
      }
    }
  }
}

/// The ends of a range as they count: 0 lies between them.
struct HeldRange<S: TensorScalar> {
  let low: S
  let high: S
  /// Whether moving an end moves the range.
  let movesLow: Bool
  let movesHigh: Bool

  init(_ ends: UnsafeMutablePointer<S>) {
    (low, high) = (min(ends[0], 0), max(ends[1], 0))
    (movesLow, movesHigh) = (ends[0] <= 0, ends[1] >= 0)
  }

  func contains(_ value: S) -> Bool { low <= value && value < high }
}

extension RangeRounding {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let range = HeldRange(operands[1].base)
    let count = S(greatestStep)
    let width = range.high - range.low
    let step = width > 0 ? width / count : 1
    let zero = (-range.low / step).rounded()
    for position in 0..<result.pixelCount {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let steps = (from[channel] / step + zero).rounded(.toNearestOrEven)
        to[channel] = width > 0 ? (min(max(steps, 0), count) - zero) * step : 0
      }
    }
  }
}

extension RangeRoundingGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let range = HeldRange(operands[2].base)
    for position in 0..<result.pixelCount {
      let (given, value) = (operands[0].pixel(position), operands[1].pixel(position))
      let to = result.pixel(position)
      for channel in 0..<result.channels {
        to[channel] = range.contains(value[channel]) ? given[channel] : 0
      }
    }
  }
}

extension RangeEndsGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let range = HeldRange(operands[2].base)
    var (below, above) = (0.0, 0.0)
    for position in 0..<operands[0].pixelCount {
      let (given, value) = (operands[0].pixel(position), operands[1].pixel(position))
      for channel in 0..<operands[0].channels {
        if value[channel] < range.low { below += Double(given[channel]) }
        if value[channel] >= range.high { above += Double(given[channel]) }
      }
    }
    result.base[0] = range.movesLow ? S(below) : 0
    result.base[1] = range.movesHigh ? S(above) : 0
  }
}
