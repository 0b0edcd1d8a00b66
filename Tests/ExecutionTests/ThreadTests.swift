import Execution
import Foundation
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ThreadTests {
  @Test func oneTwoAndThreeThreadsGiveTheSameResult() throws {
    let (graph, parameters) = try layers()
    var random = SeededNumbers(seed: 9)
    let inputs = ["x": random.tensor([1, 24, 40, 6])]
    let results = try [1, 2, 3].map { count in
      try Session(graph, parameters: parameters, backend: .openblas, threadCount: count)
        .run(inputs)
    }
    #expect(largestDifference(results[1], results[0]) <= 1e-5)
    #expect(largestDifference(results[2], results[0]) <= 1e-5)
  }

  @Test(arguments: [Backend.portable, .fastest])
  func ourOwnKernelsGiveTheSameBitsOnAnyNumberOfThreads(_ backend: Backend) throws {
    let (graph, parameters) = try layers()
    var random = SeededNumbers(seed: 9)
    let inputs = ["x": random.tensor([1, 24, 40, 6])]
    let results = try [1, 2, 3].map { count in
      try Session(
        graph.optimizedForInference(), parameters: parameters, backend: backend,
        threadCount: count
      ).run(inputs)
    }
    #expect(results[1] == results[0] && results[2] == results[0])
  }

  @Test func aThousandRunsInARowGiveOneResult() throws {
    let (graph, parameters) = try layers()
    let session = try Session(graph, parameters: parameters, backend: .openblas, threadCount: 2)
    var random = SeededNumbers(seed: 9)
    let inputs = ["x": random.tensor([1, 24, 40, 6])]
    let first = try session.run(inputs)
    for run in 1..<1000 {
      let next = try session.run(inputs)
      #expect(next == first, "run \(run)")
      if next != first { break }
    }
  }

  @Test(arguments: [2, 3, 5])
  func threadsThatFellAsleepAllWakeForTheNextRun(count: Int) throws {
    let (graph, parameters) = try layers()
    let session = try Session(
      graph, parameters: parameters, backend: .openblas, threadCount: count)
    var random = SeededNumbers(seed: 9)
    let inputs = ["x": random.tensor([1, 24, 40, 6])]
    let first = try session.run(inputs)
    for _ in 0..<150 {
      Thread.sleep(forTimeInterval: 0.002)
      #expect(try session.run(inputs) == first)
    }
  }

  @Test func sessionsComeAndGoWithTheirThreads() throws {
    let (graph, parameters) = try layers()
    for _ in 0..<200 {
      let session = try Session(
        graph, parameters: parameters, backend: .openblas, threadCount: 3)
      #expect(session.memoryByteCount > 0)
    }
  }

  private func layers() throws -> (Graph, ParameterValues) {
    var graph = Graph()
    var value = try graph.input("x", TensorType([1, 24, 40, 6]))
    for (number, channels) in [(0, 16), (1, 9), (2, 8)] {
      let inputs = graph[value].type.shape.channels
      let weights = try graph.parameter("weights\(number)", [3, 3, inputs, channels])
      let convolution = Convolution(
        kernel: Extent(3, 3), epilogue: Epilogue(bias: false, activation: .relu))
      value = try graph.apply(
        .convolution(convolution), to: [value, weights], name: "layer\(number)")
    }
    try graph.output("y", value)
    return (graph, TinyModel.parameters(of: graph, seed: 2))
  }
}
