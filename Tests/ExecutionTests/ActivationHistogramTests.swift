import Kernels
import Tensors
import Testing

@testable import Execution

@Suite struct ActivationHistogramTests {
  private func histogram(_ values: [Float]) -> Histogram {
    let range = (values.min() ?? 0)...(values.max() ?? 0)
    var histogram = Histogram(range)
    var copy = values
    copy.withUnsafeMutableBufferPointer { memory in
      guard let base = memory.baseAddress else { return }
      histogram.add(TensorView(base: base, shape: [1, 1, values.count, 1]))
    }
    return histogram
  }

  /// 0 to 1 in equal steps, and one number far beyond.
  private var outlier: [Float] { (0..<10_000).map { Float($0) / 10_000 } + [100] }

  @Test func everyNumberIsCountedInItsPart() {
    let found = histogram([0, 0, 0.5, 1, .nan, 1])
    #expect(found.counts.reduce(0, +) == 5)
    #expect(found.counts[0] == 2 && found.counts[1024] == 1 && found.counts[2047] == 2)
  }

  @Test func tailsAreCutToTheShareOnEitherSide() {
    let even = histogram((0...100_000).map { Float($0) / 100_000 })
    #expect(even.range(cuttingTails: 0) == 0...1)
    let cut = even.range(cuttingTails: 0.1)
    #expect(abs(cut.lowerBound - 0.05) < 0.001 && abs(cut.upperBound - 0.95) < 0.001)
  }

  @Test func oneNumberFarBeyondDoesNotMakeTheBytesCoarse() {
    let found = histogram(outlier).mostInformativeRange
    #expect(found.upperBound < 2 && found.upperBound >= 0.99)
  }

  @Test func numbersThatFillTheirRangeKeepIt() {
    let even = histogram((0...100_000).map { Float($0) / 100_000 })
    let found = even.mostInformativeRange
    #expect(found.lowerBound < 0.005 && found.upperBound > 0.995)
  }

  @Test(arguments: [[0, .leastNonzeroMagnitude, 1e-37], [-3e38, 0, 3e38]] as [[Float]])
  func rangesThatFloatsHardlyHoldAreCounted(_ values: [Float]) {
    let found = histogram(values)
    #expect(found.counts.reduce(0, +) == 3 && found.counts[2047] == 1)
    let range = found.range(cuttingTails: 0)
    #expect(range.lowerBound == values[0] && range.upperBound == values[2])
  }

  @Test func aConstantImageHasARange() {
    let found = histogram([3, 3, 3])
    #expect(found.range(cuttingTails: 0.5).contains(3))
    #expect(found.mostInformativeRange.contains(3))
  }
}
