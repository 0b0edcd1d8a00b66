import Foundation
import Graphs
import Tensors
import Testing

/// A graph with every kind of pattern that the passes look for.
func sampleGraph(order: [Graphs.Operation.Kind]) throws -> Graph {
  var graph = Graph()
  let x = try graph.input("x", TensorType([1, 4, 6, 3]))
  var value = try graph.apply(
    .convolution(Convolution(kernel: Extent(3, 3))),
    to: [
      x, try graph.parameter("c/kernels", [3, 3, 3, 8]), try graph.parameter("c/biases", [8]),
    ], name: "c")
  for kind in order {
    switch kind {
    case .activation: value = try graph.apply(.activation(.relu), to: [value], name: "relu")
    case .batchNormalization:
      let names = ["gamma", "beta", "mean", "variance"]
      let statistics = try names.map { try graph.parameter("c/\($0)", [8]) }
      value = try graph.apply(
        .batchNormalization(BatchNormalization()), to: [value] + statistics, name: "normal")
    default: break
    }
  }
  try graph.output("y", value)
  return graph
}

struct GraphTests {
  @Test func typesAreInferredOnInsertion() throws {
    let graph = try sampleGraph(order: [.activation])
    #expect(graph.outputs.map { graph[$0.value].type } == [TensorType([1, 4, 6, 8])])
  }

  @Test func anOperandOfAnotherShapeIsRefusedWithTheNodesName() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 4, 6, 3]))
    let weights = try graph.parameter("w", [3, 3, 4, 8])
    let bias = try graph.parameter("b", [8])
    #expect {
      try graph.apply(
        .convolution(Convolution(kernel: Extent(3, 3))), to: [x, weights, bias], name: "wrong")
    } throws: { error in
      let error = error as? GraphError
      return error?.node == "wrong" && error?.code == .operandType
    }
  }

  @Test func aNameIsUsedOnce() throws {
    var graph = Graph()
    _ = try graph.input("x", TensorType([1]))
    #expect(throws: GraphError.self) { try graph.input("x", TensorType([1])) }
  }

  @Test func aValueOfAnotherGraphIsRefused() throws {
    let other = try sampleGraph(order: [.activation])
    var graph = Graph()
    let foreign = other.outputs[0].value
    #expect(throws: GraphError.self) {
      try graph.apply(.activation(.relu), to: [foreign], name: "r")
    }
  }

  @Test func jsonGivesTheSameGraphBack() throws {
    let graph = try sampleGraph(order: [.activation, .batchNormalization])
    let json = try JSONEncoder().encode(graph)
    #expect(try JSONDecoder().decode(Graph.self, from: json) == graph)
  }

  @Test func aRecordedTypeThatTheRulesContradictIsRefused() throws {
    let json = try JSONEncoder().encode(try sampleGraph(order: [.activation]))
    let altered = String(decoding: json, as: UTF8.self)
      .replacingOccurrences(of: "[1,4,6,8]", with: "[1,4,6,9]")
    #expect(throws: GraphError.self) {
      try JSONDecoder().decode(Graph.self, from: Data(altered.utf8))
    }
  }

  @Test func theTextFormShowsOneNodePerLine() throws {
    let graph = try sampleGraph(order: [.activation])
    #expect(
      graph.description == """
        input x: f32[1x4x6x3]
        trainable c/kernels: f32[3x3x3x8]
        trainable c/biases: f32[8]
        c = convolution[3x3, bias](x, c/kernels, c/biases): f32[1x4x6x8]
        relu = activation[relu](c): f32[1x4x6x8]
        output y = relu

        """)
  }

  @Test(arguments: Graphs.Operation.Kind.allCases)
  func everyOperationAcceptsItsOwnSamples(_ kind: Graphs.Operation.Kind) throws {
    #expect(!kind.samples.isEmpty)
    for sample in kind.samples {
      let type = try sample.operation.resultType(of: sample.operands, node: "sample")
      #expect(sample.operation.kind == kind)
      #expect(type.shape.count > 0)
      #expect(sample.operation.attributes.cost(of: sample.operands, result: type).bytes > 0)
    }
  }

  @Test(arguments: Graphs.Operation.Kind.allCases)
  func everyOperationRefusesTooFewOperands(_ kind: Graphs.Operation.Kind) {
    #expect(throws: GraphError.self) {
      try kind.samples[0].operation.resultType(of: [], node: "none")
    }
  }
}

struct SamePaddingTests {
  @Test(arguments: [(512, 3, 2, 256, 0), (7, 3, 2, 4, 1), (9, 3, 1, 9, 1), (10, 7, 1, 10, 3)])
  func anOddPaddingCellGoesBehind(
    size: Int, kernel: Int, stride: Int, outputSize: Int, before: Int
  ) {
    let padding = SamePadding(size: size, kernel: kernel, stride: stride)
    #expect(padding.outputSize == outputSize)
    #expect(padding.before == before)
  }

  @Test func aTransposedWindowLosesAsMuchAsItOverlaps() {
    for (kernel, crop) in [(4, 1), (2, 0)] {
      let window = TransposedConvolution(kernel: Extent(1, kernel), stride: Extent(1, 2))
      #expect(window.crops(to: window.resultSize(of: [1, 3, 5, 2])).columns.before == crop)
    }
  }
}
