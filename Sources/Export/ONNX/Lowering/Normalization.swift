import Graphs
import Tensors

extension BatchNormalization {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let operands = (0..<5).map { lowering.operand($0) }
    return lowering.addNormalization(operands, epsilon: epsilon)
  }
}

extension DomainBatchNormalization {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let operands = (0..<3).map { lowering.operand($0) }
    let statistics = (3..<5).map { index in
      let source = lowering.add(.mul, [lowering.operand(index), lowering.add(1 - blend)])
      let target = lowering.add(.mul, [lowering.operand(index + 2), lowering.add(blend)])
      return lowering.add(.add, [source, target])
    }
    return lowering.addNormalization(operands + statistics, epsilon: epsilon)
  }
}

extension BatchMoments {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let image = lowering.operand(0)
    let pixels: [String: ONNXGraph.Attribute] = ["axes": .ints([0, 2, 3]), "keepdims": .int(1)]
    let means = lowering.add(.reduceMean, [image], pixels)
    let differences = lowering.add(.sub, [image, means])
    let squares = lowering.add(.mul, [differences, differences])
    let variances = lowering.add(.reduceMean, [squares], pixels)
    let moments = lowering.add(.concat, [means, variances], ["axis": .int(1)])
    return lowering.reshape(moments, to: lowering.type.shape.extents)
  }
}

extension MomentNormalization {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let count = lowering.type.shape.channels
    let moments = lowering.operand(3)
    let statistics = [0, count].map { first in
      lowering.addSlice(of: moments, axis: 0, first: first, count: count)
    }
    let operands = (0..<3).map { lowering.operand($0) } + statistics
    let normalized = lowering.addNormalization(operands, epsilon: epsilon)
    return activation?.lower(normalized, &lowering) ?? normalized
  }
}

extension Affine {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let shape = lowering.type.shape
    let scaled = lowering.add(
      .mul, [lowering.operand(0), lowering.channelVector(1, of: shape)])
    return lowering.add(.add, [scaled, lowering.channelVector(2, of: shape)])
  }
}

extension InverseDeviation {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let sum = lowering.add(.add, [lowering.operand(0), lowering.add(epsilon)])
    return lowering.add(.reciprocal, [lowering.add(.sqrt, [sum])])
  }
}

extension ONNXLowering {
  /// An image normalised by statistics: image, gamma, beta, mean, variance.
  fileprivate mutating func addNormalization(_ operands: [String], epsilon: Double) -> String {
    add(.batchNormalization, operands, ["epsilon": .float(Float(epsilon))])
  }
}
