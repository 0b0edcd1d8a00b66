import Execution
import Export
import Graphs
import Tensors
import Testing

/// What cannot be written in C is refused, before anything is written.
@Suite struct RefusalTests {
  /// A graph of one sample of an operation, whose operands are inputs, but for those that are weights.
  private static func graph(
    _ sample: OperationSample, weights: Set<Int>
  ) throws -> (graph: Graph, parameters: ParameterValues) {
    var graph = Graph()
    var parameters: ParameterValues = [:]
    var operands: [Graph.Value] = []
    for (index, type) in sample.operands.enumerated() {
      if weights.contains(index) {
        parameters["weights\(index)"] = Tensor(type.shape, repeating: 0.5)
        operands.append(try graph.parameter("weights\(index)", type.shape))
      } else {
        operands.append(try graph.input("input\(index)", type))
      }
    }
    try graph.output("result", try graph.apply(sample.operation, to: operands, name: "the_node"))
    return (graph, parameters)
  }

  private static func error(
    _ sample: OperationSample, weights: Set<Int> = []
  ) throws -> ExportError? {
    let (graph, parameters) = try graph(sample, weights: weights)
    do {
      _ = try CProgram(graph, parameters: parameters, options: CProgram.Options(name: "x"))
      return nil
    } catch let error as ExportError {
      return error
    }
  }

  @Test(arguments: Operation.Kind.allCases.filter { CProgram.support(of: $0) == .trainingOnly })
  func operationsOfTrainingAreRefusedByNameAndNode(_ kind: Operation.Kind) throws {
    for sample in kind.samples {
      let error = try #require(try Self.error(sample))
      #expect(error.code == .unsupported)
      #expect(error.message.contains(kind.rawValue) && error.message.contains("the_node"))
      #expect(!error.remedy.isEmpty)
    }
  }

  @Test(arguments: Operation.Kind.allCases.filter { CProgram.support(of: $0) == .constant })
  func whatIsMadeOfWeightsMustNotDependOnInputs(_ kind: Operation.Kind) throws {
    for sample in kind.samples {
      let error = try #require(try Self.error(sample))
      #expect(error.code == .unsupported && error.message.contains("the_node"))
      #expect(try Self.error(sample, weights: Set(sample.operands.indices)) == nil)
    }
  }

  @Test(arguments: [Operation.Kind.batchNormalization, .domainBatchNormalization, .dropout])
  func whatPreparationRemovesIsWritten(_ kind: Operation.Kind) throws {
    for sample in kind.samples {
      let weights = kind == .dropout ? [] : Set(1..<sample.operands.count)
      #expect(try Self.error(sample, weights: weights) == nil)
    }
  }

  @Test(arguments: [Operation.Kind.convolution, .transposedConvolution, .depthwiseConvolution])
  func weightsThatAreComputedFromTheInputsAreRefused(_ kind: Operation.Kind) throws {
    let sample = try #require(kind.samples.first)
    let error = try #require(try Self.error(sample))
    #expect(error.code == .unsupported && error.message.contains("input1"))
  }

  @Test func placesOfMaximaAreRefused() throws {
    for sample in MaxPooling.samples {
      guard case .maxPooling(let pooling) = sample.operation else { continue }
      #expect((try Self.error(sample) != nil) == pooling.storesPlaces)
    }
  }

  @Test func weightsThatAreMissingOrNoNumbersAreRefused() throws {
    var (graph, parameters) = try Self.graph(Affine.samples[0], weights: [1, 2])
    let options = CProgram.Options(name: "x")
    parameters["weights2"]?[3] = .infinity
    let error = #expect(throws: ExportError.self) {
      try CProgram(graph, parameters: parameters, options: options)
    }
    #expect(error?.code == .mismatched && error?.message.contains("weights2") == true)
    parameters["weights2"] = nil
    #expect(throws: ExecutionError.self) {
      try CProgram(graph, parameters: parameters, options: options)
    }
  }

  @Test(arguments: ["", "7up", "front-small", "über", "int", "a b", "x;"])
  func aNameThatIsNoneInCIsRefused(_ name: String) throws {
    let (graph, parameters) = try Self.graph(Softmax.samples[0], weights: [])
    let error = #expect(throws: ExportError.self) {
      try CProgram(graph, parameters: parameters, options: CProgram.Options(name: name))
    }
    #expect(error?.code == .mismatched)
    let near = CProgram.Options(name: name.asCIdentifier)
    _ = try CProgram(graph, parameters: parameters, options: near)
  }
}
