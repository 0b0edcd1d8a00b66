import Tensors

/// Weights as the products of a C program read them: for each four outputs in turn, `depth` times four
/// numbers; outputs and depth are filled up with zeros.
struct CPackedWeights {
  /// How many numbers an output is the sum of, a multiple of four.
  let depth: Int
  private let outputs: Int
  private let rows: [Int]
  private let weights: [Float]

  /// Weights `[..., taps, inputs, outputs]`, of which some taps are taken, in their order.
  init(_ tensor: Tensor<Float>, taps: [Int]) {
    let inputs = tensor.shape[tensor.shape.rank - 2]
    outputs = tensor.shape.channels
    rows = taps.flatMap { tap in (0..<inputs).map { tap * inputs + $0 } }
    depth = (rows.count + 3) / 4 * 4
    weights = tensor.elements
  }

  private var groupCount: Int { (outputs + 3) / 4 }

  /// The weights as they are.
  var floats: [Float] { packed { weight, _ in weight } }

  /// The weights as whole multiples of the steps.
  func bytes(steps: [Float]) -> [Int8] {
    packed { weight, output in
      Int8(max(-127, min(127, (weight / steps[output]).rounded(.toNearestOrEven))))
    }
  }

  private func packed<Number: ExpressibleByIntegerLiteral>(
    _ number: (_ weight: Float, _ output: Int) -> Number
  ) -> [Number] {
    // C has no empty arrays.
    var result = [Number](repeating: 0, count: max(4, groupCount * depth * 4))
    for output in 0..<outputs {
      for (position, row) in rows.enumerated() {
        let place = (output / 4 * depth + position) * 4 + output % 4
        result[place] = number(weights[row * outputs + output], output)
      }
    }
    return result
  }
}
