import Dispatch
import Graphs
import Kernels
import Tensors
import Testing

/// Bands on several threads at once.
@Suite struct ThreadTests {
  @Test(arguments: Operation.Kind.allCases, Backend.available)
  func bandsThatRunAtTheSameTimeGiveTheSameBits(
    _ kind: Operation.Kind, _ backend: Backend
  ) throws {
    for sample in Case.samples(kind) + ConformanceTests.largerCases.filter({ $0.kind == kind }) {
      let operands = sample.operandMemory(gap: 0)
      defer { withExtendedLifetime(operands) {} }
      let result = GuardedMemory(try sample.expected().shape, gap: 0)
      let kernel = backend.prepare(
        sample.operation, operands: operands.map(\.view), result: result.view, threads: 4)
      #expect(kernel.runBands(Array(0..<kernel.bandCount)))
      kernel.finish()
      let alone = result.elements
      for _ in 0..<3 {
        DispatchQueue.concurrentPerform(iterations: kernel.bandCount) { band in
          _ = kernel.runBands([band])
        }
        kernel.finish()
        let isEqual = result.elements == alone
        #expect(isEqual, "\(kernel.name)")
      }
      #expect(result.guardsAreIntact)
    }
  }
}
