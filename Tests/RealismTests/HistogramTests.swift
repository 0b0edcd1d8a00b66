import Testing

@testable import Realism

@Suite struct HistogramTests {
  @Test func differentHistogramsAreUpToOneBitApart() {
    var first = Histogram(.intensities)
    var second = Histogram(.intensities)
    #expect(first.divergence(from: second) == nil)
    first.add(0.2)
    #expect(first.divergence(from: second) == 1)
    second.add(0.4)
    #expect(first.divergence(from: second) == 1)
    #expect(first.divergence(from: first) == 0)
  }
}
