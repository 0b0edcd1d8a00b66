import Foundation
import Graphs
import Kernels
import Tensors
import Testing

/// Gates are rounded to bytes: one that is off by more makes another byte than other kernels do.
@Suite struct SigmoidTests {
  @Test(arguments: Backend.available)
  func theSigmoidBehindAConvolutionIsTrueToThePrecisionOfAFloat(_ backend: Backend) {
    let outputs = 16
    let values = (0..<40000).map { Float($0) * 2e-4 - 4 }
    let image = GuardedMemory([1, 1, values.count, 1], gap: 0, values)
    let weights = GuardedMemory(
      [1, 1, 1, outputs], gap: 0, Array(repeating: 1, count: outputs))
    let result = GuardedMemory([1, 1, values.count, outputs], gap: 0)
    let convolution = Convolution(
      kernel: .one, epilogue: Epilogue(bias: false, activation: .sigmoid))
    let kernel = backend.prepare(
      .convolution(convolution), operands: [image.view, weights.view], result: result.view,
      threads: 1)
    #expect(kernel.runBands(Array(0..<kernel.bandCount)))
    defer { withExtendedLifetime((image, weights)) {} }
    let errors = result.elements.enumerated().map { index, value in
      let truth = 1 / (1 + exp(-Double(values[index / outputs])))
      return abs(Double(value) - truth) / truth
    }
    #expect(errors.reduce(0, +) / Double(errors.count) < 6e-8)
    #expect(errors.max() ?? 1 < 4.5e-7)
  }
}
