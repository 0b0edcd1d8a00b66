import Graphs
import Tensors

extension Activation {
  /// The function of each element of a value.
  func lower(_ value: String, _ lowering: inout ONNXLowering) -> String {
    switch self {
    case .relu: lowering.add(.relu, [value])
    case .sigmoid: lowering.add(.sigmoid, [value])
    }
  }
}

extension Combination {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let shapes = lowering.types.map(\.shape)
    // One value per pixel meets all channels of its own accord.
    let second =
      switch Self.broadcast(shapes[1], to: shapes[0]) {
      case .channels: lowering.channelVector(1, of: shapes[0])
      case .elements, .pixels, nil: lowering.operand(1)
      }
    let operands = [lowering.operand(0), second]
    return switch self {
    case .sum: lowering.add(.add, operands)
    case .difference: lowering.add(.sub, operands)
    case .product: lowering.add(.mul, operands)
    }
  }
}

extension Scaling {
  func lower(_ lowering: inout ONNXLowering) -> String {
    lowering.add(.mul, [lowering.operand(0), lowering.add(factor)])
  }
}

extension Gating {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let gate = lowering.addSlice(of: lowering.operand(1), axis: 0, first: index, count: 1)
    return lowering.add(.mul, [lowering.operand(0), gate])
  }
}

extension Summation {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let shape = lowering.types[0].shape
    let channels = lowering.channelAxis(of: shape)
    let operand = lowering.operand(0)
    switch self {
    case .channels:
      return lowering.add(.reduceSum, [operand, lowering.add([channels])], ["keepdims": .int(1)])
    case .pixels:
      let axes = (0..<shape.rank).filter { $0 != channels }
      // No axes at all would mean every axis.
      guard !axes.isEmpty else { return operand }
      return lowering.add(.reduceSum, [operand, lowering.add(axes)], ["keepdims": .int(0)])
    }
  }
}

extension Softmax {
  /// The probabilities of the classes of a value that has the current node's shape.
  func lower(_ scores: String, _ lowering: inout ONNXLowering) -> String {
    lowering.add(
      .softmax, [scores], ["axis": .int(lowering.channelAxis(of: lowering.type.shape))])
  }
}

extension WeightRounding {
  /// The rounding of weights that depend on inputs, as arithmetic.
  func lower(_ lowering: inout ONNXLowering) -> String {
    let weights = lowering.operand(0)
    let sizes = lowering.add(.abs, [weights])
    let rank = lowering.types[0].shape.rank
    // All axes but that of the outputs, which is the second one of an image's.
    let axes = rank == 4 ? [0, 2, 3] : Array(0..<rank - 1)
    let greatest = lowering.add(
      .reduceMax, [sizes], ["axes": .ints(axes), "keepdims": .int(1)])
    let parts = lowering.add(.div, [greatest, lowering.add(Double(greatestStep))])
    let isThere = lowering.add(.greater, [greatest, lowering.add(0)])
    let step = lowering.add(.where, [isThere, parts, lowering.add(1)])
    let steps = lowering.add(.round, [lowering.add(.div, [weights, step])])
    return lowering.add(.mul, [steps, step])
  }
}
