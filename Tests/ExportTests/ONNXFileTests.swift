import Foundation
import Testing

@testable import Export

/// The file of a graph, read field by field as onnx.proto numbers them.
@Suite struct ONNXFileTests {
  private static let graph: ONNXGraph = {
    var graph = ONNXGraph()
    graph.name = "small"
    graph.inputs = [ONNXGraph.Value(name: "x", element: .float32, shape: [1, 2, 3])]
    graph.outputs = [ONNXGraph.Value(name: "y", element: .int64, shape: [2])]
    graph.constants = [
      ONNXGraph.Constant(name: "f", shape: [2], elements: .float32([1, -2])),
      ONNXGraph.Constant(name: "i", shape: [1], elements: .int64([-1])),
      ONNXGraph.Constant(name: "b", shape: [], elements: .uint8([200])),
      ONNXGraph.Constant(name: "s", shape: [1], elements: .int8([-127])),
    ]
    graph.nodes = [
      ONNXGraph.Node(
        operation: .resize, inputs: ["x", "", "f"], output: "y",
        attributes: [
          "mode": .text("linear"), "axis": .int(-1), "pads": .ints([0, 1]), "epsilon": .float(0.5),
        ])
    ]
    return graph
  }()

  private func model() throws -> WireReader {
    try #require(WireReader(Self.graph.file(producer: "1.2", notes: ["classes": "a,b"])))
  }

  @Test func aFileSaysItsVersionsAndWhoWroteIt() throws {
    let model = try model()
    #expect(model.numbers(1) == [7])
    #expect(model.texts(2) == ["lidarseg"] && model.texts(3) == ["1.2"])
    let set = try #require(model.messages(8).first)
    #expect(model.messages(8).count == 1 && set.texts(1) == [""] && set.numbers(2) == [13])
    let note = try #require(model.messages(14).first)
    #expect(note.texts(1) == ["classes"] && note.texts(2) == ["a,b"])
  }

  @Test func aNodeHasItsInputsAndAttributesWithTheirKinds() throws {
    let graph = try #require(try model().messages(7).first)
    #expect(graph.texts(2) == ["small"])
    let node = try #require(graph.messages(1).first)
    #expect(node.texts(1) == ["x", "", "f"] && node.texts(2) == ["y"])
    #expect(node.texts(4) == ["Resize"])
    let attributes = node.messages(5)
    #expect(attributes.flatMap { $0.texts(1) } == ["axis", "epsilon", "mode", "pads"])
    #expect(attributes.flatMap { $0.numbers(20) } == [2, 1, 3, 7])
    #expect(attributes[0].numbers(3) == [-1] && attributes[1].values(2) == [.float(0.5)])
    #expect(attributes[2].texts(4) == ["linear"] && attributes[3].numbers(8) == [0, 1])
  }

  @Test func constantsAreRawBytesOfTheirElements() throws {
    let graph = try #require(try model().messages(7).first)
    let constants = graph.messages(5)
    #expect(constants.flatMap { $0.texts(8) } == ["f", "i", "b", "s"])
    #expect(constants.map { $0.numbers(1) } == [[2], [1], [], [1]])
    #expect(constants.flatMap { $0.numbers(2) } == [1, 7, 2, 3])
    #expect(
      constants.flatMap { $0.bytes(9) } == [
        [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], [UInt8](repeating: 0xff, count: 8), [200], [0x81],
      ])
  }

  @Test func inputsAndOutputsHaveFixedShapes() throws {
    let graph = try #require(try model().messages(7).first)
    for (field, name, element, shape) in [(11, "x", 1, [1, 2, 3]), (12, "y", 7, [2])] {
      let value = try #require(graph.messages(field).first)
      let tensor = try #require(value.messages(2).first?.messages(1).first)
      #expect(value.texts(1) == [name] && tensor.numbers(1) == [element])
      let extents = try #require(tensor.messages(2).first).messages(1).flatMap { $0.numbers(1) }
      #expect(extents == shape)
    }
  }
}
