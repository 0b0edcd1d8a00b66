import Foundation
import Realism
import Testing

@Suite struct HistogramTests {
  private func histogram(_ values: [Float], _ binning: Binning = .intensities) -> Histogram {
    var histogram = Histogram(binning)
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test func divergenceIsFromZeroToOneBit() {
    let (first, second) = (histogram([0.2, 0.2, 0.4, 0.4]), histogram([0.6]))
    #expect(first.divergence(from: histogram([0.4, 0.2])) == 0)
    #expect(first.divergence(from: second) == 1)
    #expect(second.divergence(from: first) == 1)
  }

  @Test func divergenceIsWhatItsDefinitionGives() throws {
    let (first, second) = (histogram([0.2]), histogram([0.2, 0.4]))
    // Entropy of (3/4, 1/4), less half the entropy of (1/2, 1/2).
    let expected = -0.75 * log2(0.75) - 0.25 * log2(0.25) - 0.5
    let found = try #require(first.divergence(from: second))
    #expect(abs(found - expected) < 1e-12)
    #expect(abs((second.divergence(from: first) ?? 0) - expected) < 1e-12)
  }

  @Test func nothingIsAsFarFromSomethingAsCanBe() {
    #expect(histogram([]).divergence(from: histogram([0.2])) == 1)
    #expect(histogram([0.2]).divergence(from: histogram([])) == 1)
    #expect(histogram([]).divergence(from: histogram([])) == nil)
  }

  @Test func kittisQuantaFallIntoBinsOfTheirOwn() {
    for quantum in 0..<100 {
      #expect(Binning.intensities.index(of: Float(quantum) / 100) == quantum)
      #expect(Binning.intensities.index(of: Float(Double(quantum) * 0.01)) == quantum)
    }
    #expect(Binning.intensities.index(of: 1) == 99)
  }

  @Test func runsUpToSixteenHaveTheirOwnBinAndLongerOnesDouble() {
    let bins = [1, 2, 16, 17, 32, 33, 64, 65, 128, 129, 256, 257, 512].map {
      Binning.runLengths.index(of: $0)
    }
    #expect(bins == [0, 1, 15, 16, 16, 17, 17, 18, 18, 19, 19, 20, 20])
    #expect(Array(Binning.runLengths.starts.suffix(6)) == [16, 17, 33, 65, 129, 257])
  }

  @Test(arguments: [Binning.rangeSteps, .ranges])
  func aLogarithmicBinHoldsWhatIsBetweenItsStartAndTheNext(binning: Binning) {
    for (bin, start) in binning.starts.enumerated() {
      #expect(binning.index(of: Float(start * 1.001)) == bin)
      if bin > 0 { #expect(binning.index(of: Float(start * 0.999)) == bin - 1) }
    }
    #expect(binning.index(of: 0) == 0)
    #expect(binning.index(of: 1000) == binning.count - 1)
    #expect(binning.starts.count == binning.count)
  }
}
