import Graphs
import Kernels
import Tensors
import Testing

struct BinnedRegressionGoldenTests {
  @Test func theLossAndItsGradientAgree() throws {
    let golden = try KernelsGolden("intensity_hybrid_loss")
    let (logits, offsets) = (
      try golden.input("bin_logits").data, try golden.input("bin_offsets").data
    )
    let count = logits.count / 10
    var rows: [Double] = []
    for row in 0..<count {
      rows += logits[row * 10..<row * 10 + 10]
      rows += offsets[row * 10..<row * 10 + 10]
    }
    let operands: [Tensor<Double>] = [
      Tensor([1, 1, count, 20], rows),
      Tensor([1, 1, count, 1], try golden.input("intensity").data),
      Tensor([1, 1, count, 1], Array(repeating: 1 / Double(count), count: count)),
    ]
    let attributes = BinnedRegression(bins: 10, zeroBin: false, offsetWeight: 10)
    let loss = try ReferenceKernels.evaluate(.binnedRegression(attributes), operands)
    #expect(abs(loss.elements[0] - (try golden.output("loss").data[0])) < 1e-10)
    let gradient = try ReferenceKernels.evaluate(
      .binnedRegressionGradient(BinnedRegressionGradient(loss: attributes)),
      operands + [Tensor([1], [1])]
    ).elements
    let wanted = (try golden.output("dbin_logits").data, try golden.output("dbin_offsets").data)
    for row in 0..<count {
      for k in 0..<10 {
        #expect(abs(gradient[row * 20 + k] - wanted.0[row * 10 + k]) < 1e-10)
        #expect(abs(gradient[row * 20 + 10 + k] - wanted.1[row * 10 + k]) < 1e-10)
      }
    }
  }
}
