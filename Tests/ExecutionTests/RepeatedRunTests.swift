import Execution
import Graphs
import Kernels
import Tensors
import Testing

struct RepeatedRunTests {
  @Test(arguments: Backend.allCases)
  func inputsStayAsTheyAreForTheNextRun(_ backend: Backend) throws {
    var graph = Graph()
    var value = try graph.input("x", TensorType([1, 4, 6, 3]))
    // Enough steps that memory of the first values would be used again.
    for step in 0..<6 {
      value = try graph.apply(.activation(.sigmoid), to: [value], name: "step\(step)")
    }
    try graph.output("y", value)
    let session = try Session(graph, parameters: [:], backend: backend, threadCount: 2)
    session.withUnsafeInput("x") { memory in
      for index in memory.indices { memory[index] = Float(index) / 10 }
    }
    session.compute()
    let first = session.output("y")
    session.compute()
    #expect(session.output("y") == first)
  }
}
