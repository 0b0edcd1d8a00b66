import Graphs
import Tensors
import Testing

struct PassTests {
  private func operations(_ graph: Graph) -> [String] {
    graph.nodes.compactMap { node in
      guard case .operation(let operation, let operands) = node.source,
        !operands.allSatisfy({ graph.constantValues.contains($0) })
      else { return nil }
      return operation.description
    }
  }

  @Test func normalisationBeforeTheActivationFoldsIntoTheWeights() throws {
    let graph = try sampleGraph(order: [.batchNormalization, .activation]).optimizedForInference()
    #expect(operations(graph) == ["convolution[3x3, bias, relu]"])
  }

  @Test func normalisationAfterTheActivationBecomesPartOfTheEpilogue() throws {
    let graph = try sampleGraph(order: [.activation, .batchNormalization]).optimizedForInference()
    #expect(operations(graph) == ["convolution[3x3, bias, relu, affine]"])
  }

  @Test func aValueThatIsUsedTwiceIsNotFusedAway() throws {
    var graph = try sampleGraph(order: [])
    let convolution = try #require(graph.value(named: "c"))
    let active = try graph.apply(.activation(.relu), to: [convolution], name: "relu")
    try graph.output("z", active)
    #expect(
      operations(try graph.fusingEpilogues()) == ["convolution[3x3, bias]", "activation[relu]"])
  }

  @Test func aSumWithAConcatenationIsDoneByItsParts() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 4, 6, 3]))
    let skip = try graph.input("skip", TensorType([1, 4, 6, 8]))
    let parts = try ["a", "b"].map { name in
      let weights = try graph.parameter("\(name)/w", [1, 1, 3, 4])
      let bias = try graph.parameter("\(name)/b", [4])
      return try graph.apply(
        .convolution(Convolution(kernel: .one)), to: [x, weights, bias], name: name)
    }
    let both = try graph.apply(.concatenation(Concatenation()), to: parts, name: "both")
    try graph.output(
      "y", try graph.apply(.combination(.sum), to: [both, skip], name: "sum"))
    #expect(
      Set(operations(try graph.optimizedForInference())) == [
        "channelSlice[0..<4]", "channelSlice[4..<8]", "convolution[1x1, bias, addend]",
        "concatenation",
      ])
  }

  @Test func withoutItsFieldAGraphGivesWhatTheFieldWouldRefine() throws {
    var graph = Graph()
    let features = try graph.input("features", TensorType([1, 4, 6, 2]))
    let positions = try graph.input("positions", TensorType([1, 4, 6, 3]))
    let mask = try graph.input("mask", TensorType([1, 4, 6, 1]))
    let weights = try [
      "w": TensorShape([1, 1, 2, 4]), "b": [4], "angular": [4, 4], "far": [4, 4],
    ]
    .sorted { $0.key < $1.key }.map { try graph.parameter($0.key, $0.value) }
    let logits = try graph.apply(
      .convolution(Convolution(kernel: .one)), to: [features, weights[3], weights[1]],
      name: "logits")
    let refined = try graph.apply(
      .recurrentCRF(RecurrentCRF()), to: [logits, positions, mask, weights[0], weights[2]],
      name: "refined")
    try graph.output("scores", refined)
    let plain = try graph.withoutRecurrentCRF()
    #expect(graph.hasRecurrentCRF && !plain.hasRecurrentCRF)
    #expect(plain.outputs.map { plain[$0.value].name } == ["logits"])
    #expect(plain.outputs.map(\.name) == ["scores"])
    #expect(plain.inputs.map(\.name) == ["features"])
    #expect(plain.parameters.map(\.name) == ["b", "w"])
    #expect(try plain.withoutRecurrentCRF() == plain)
  }

  @Test func dropoutAndItsNoiseDisappear() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 2, 2, 1]))
    let noise = try graph.input("noise", TensorType([1, 2, 2, 1]))
    let dropped = try graph.apply(.dropout(Dropout(keep: 0.5)), to: [x, noise], name: "dropout")
    try graph.output("y", try graph.apply(.activation(.relu), to: [dropped], name: "relu"))
    #expect(try graph.preparedForInference().inputs.map(\.name) == ["x"])
  }

  @Test func whatNoOutputNeedsDisappears() throws {
    var graph = try sampleGraph(order: [])
    let x = try #require(graph.value(named: "x"))
    _ = try graph.apply(.activation(.sigmoid), to: [x], name: "unused")
    #expect(try graph.preparedForInference().value(named: "unused") == nil)
  }

  @Test func exposingAnUnknownNodeNamesIt() throws {
    let graph = try sampleGraph(order: [])
    #expect { try graph.exposing(["nowhere"]) } throws: { ($0 as? GraphError)?.node == "nowhere" }
  }

  @Test func weightsOfAnotherNetworkAreListed() throws {
    let graph = try sampleGraph(order: [])
    #expect {
      try graph.check(["c/kernels": Tensor<Float>([3, 3, 3, 9]), "stranger": Tensor<Float>([1])])
    } throws: { error in
      let message = (error as? GraphError)?.message ?? ""
      return message.contains("1 missing: c/biases") && message.contains("1 unexpected: stranger")
        && message.contains("1 misshapen: c/kernels")
    }
  }
}
