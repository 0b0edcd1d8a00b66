import Execution
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct SessionTests {
  /// Small graphs of concatenations and slices, each with one input `x` `[1, 2, 3, 4]`.
  enum Shape: String, CaseIterable {
    case partsOfOneConcatenation
    case slicesAreViews
    case concatenationInConcatenation
    case aValueTwiceInOneConcatenation
    case aValueInTwoConcatenations
    case anInputConcatenated
    case aSliceConcatenated
    case outputsThatAreViews
    case anInputAsOutput
    case aSliceOfASlice

    func graph() throws -> Graph {
      var graph = Graph()
      let x = try graph.input("x", TensorType([1, 2, 3, 4]))
      var count = 0
      func apply(_ operation: Graphs.Operation, _ operands: Graph.Value...) throws -> Graph.Value {
        count += 1
        return try graph.apply(operation, to: operands, name: "n\(count)")
      }
      let join = Graphs.Operation.concatenation(Concatenation())
      let relu = Graphs.Operation.activation(.relu)
      func slice(_ first: Int, _ count: Int) -> Graphs.Operation {
        .channelSlice(ChannelSlice(first: first, count: count))
      }
      let (a, b) = (try apply(relu, x), try apply(.activation(.sigmoid), x))
      let y: Graph.Value
      switch self {
      case .partsOfOneConcatenation: y = try apply(join, a, b)
      case .slicesAreViews:
        y = try apply(.combination(.sum), apply(slice(1, 2), a), apply(slice(2, 2), b))
      case .concatenationInConcatenation: y = try apply(join, b, apply(join, a, b), a)
      case .aValueTwiceInOneConcatenation: y = try apply(join, a, b, a)
      case .aValueInTwoConcatenations:
        y = try apply(.combination(.product), apply(join, a, b), apply(join, b, a))
      case .anInputConcatenated: y = try apply(join, x, a, x)
      case .aSliceConcatenated: y = try apply(join, apply(slice(3, 1), a), b, apply(slice(0, 2), x))
      case .outputsThatAreViews:
        let joined = try apply(join, a, b)
        try graph.output("part", a)
        try graph.output("slice", apply(slice(2, 4), joined))
        y = joined
      case .anInputAsOutput:
        try graph.output("input", x)
        try graph.output("slice", apply(slice(1, 2), x))
        y = try apply(.combination(.sum), a, b)
      case .aSliceOfASlice: y = try apply(relu, apply(slice(1, 1), apply(slice(1, 3), a)))
      }
      try graph.output("y", y)
      return graph
    }
  }

  @Test(arguments: Shape.allCases, Backend.allCases)
  func valuesThatShareMemoryAreThoseOfPlainEvaluation(_ shape: Shape, _ backend: Backend) throws {
    let graph = try shape.graph()
    let session = try Session(graph, parameters: [:], backend: backend, threadCount: 2)
    var random = SeededNumbers(seed: 5)
    for _ in 0..<3 {
      let inputs = ["x": random.tensor([1, 2, 3, 4])]
      let expected = try plainOutputs(of: graph, [:], inputs)
      #expect(largestDifference(try session.run(inputs), expected) <= 1e-6)
    }
  }

  @Test func partsOfAConcatenationAndSlicesNeedNoStepAndNoMemoryOfTheirOwn() throws {
    let parts = try session(.partsOfOneConcatenation)
    // The concatenation takes 48 floats and x 24: nothing is left for the parts.
    #expect(parts.plan.arenaCount == 48 + 24)
    #expect(!(try session(.slicesAreViews)).steps.contains { $0.kernel.contains("channelSlice") })
  }

  private func session(_ shape: Shape) throws -> Session {
    try Session(shape.graph(), parameters: [:], backend: .openblas, threadCount: 1)
  }

  @Test func randomGraphsNeverLetTwoLiveValuesShareMemory() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = try RandomGraph(seed: seed)
      let threads = Int(seed % 3) + 1
      let session = try Session(
        random.graph, parameters: random.parameters,
        backend: seed % 2 == 0 ? .openblas : .reference, threadCount: threads)
      for _ in 0..<2 {
        let inputs = random.inputs()
        let expected = try plainOutputs(of: random.graph, random.parameters, inputs)
        let difference = largestDifference(try session.run(inputs), expected)
        #expect(difference <= 1e-4, "seed \(seed):\n\(random.graph)")
      }
    }
  }

  @Test func memoryIsUsedAgainByValuesThatAreNotNeededAtOneTime() throws {
    var graph = Graph()
    var value = try graph.input("x", TensorType([1, 8, 8, 4]))
    for number in 0..<20 {
      value = try graph.apply(.activation(.sigmoid), to: [value], name: "n\(number)")
    }
    try graph.output("y", value)
    let session = try Session(graph, parameters: [:], backend: .openblas, threadCount: 1)
    #expect(session.plan.arenaCount == 3 * 8 * 8 * 4)
  }

  @Test func wrongInputsAreAllNamed() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 1, 2, 2]))
    let mask = try graph.input("mask", TensorType([1, 1, 2, 1]))
    try graph.output(
      "y", graph.apply(.combination(.product), to: [x, mask], name: "product"))
    let session = try Session(graph, parameters: [:], backend: .reference, threadCount: 1)
    let error = #expect(throws: ExecutionError.self) {
      try session.run(["x": Tensor([1, 2, 1, 2]), "maske": Tensor([1, 1, 2, 1])])
    }
    #expect(error?.code == .inputs)
    for words in ["x is 1x2x1x2, not 1x1x2x2", "mask is missing", "maske is no input"] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func wrongParametersAreAllNamed() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 1, 2, 2]))
    let operands = try [x, graph.parameter("scale", [2]), graph.parameter("shift", [2])]
    try graph.output("y", graph.apply(.affine(Affine()), to: operands, name: "affine"))
    let error = #expect(throws: ExecutionError.self) {
      try Session(
        graph, parameters: ["shift": Tensor([3])], backend: .reference, threadCount: 1)
    }
    #expect(error?.code == .parameters)
    for words in ["scale is missing", "shift is 3, not 2"] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
