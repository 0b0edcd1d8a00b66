import Tensors
import TestSupport
import Testing

@testable import Export

/// Numbers and words in C.
@Suite struct TextTests {
  @Test func everyNumberIsWrittenExactly() throws {
    var random = SeededNumbers(seed: 3)
    let edges: [Float] = [
      0, -0.0, 1, -1, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
      -.leastNormalMagnitude.nextDown, 12_582_912,
    ]
    let numbers = (0..<20_000).map { _ in
      Float(bitPattern: UInt32.random(in: 0...(.max), using: &random))
    }
    for number in edges + numbers.filter(\.isFinite) {
      let literal = number.cLiteral
      #expect(literal.hasSuffix("f"))
      let read = try #require(Float(literal.dropLast()))
      #expect(read.bitPattern == number.bitPattern, "\(literal)")
    }
    #expect(Float(0.15625).cLiteral == "0x1.4p-3f")
  }

  @Test func wordsOfOthersBreakNeitherStringsNorComments() {
    #expect("a\"b\\c??/\n1".asCString == "a\\\"b\\\\c\\077\\077/\\0121")
    #expect("é".asCString == "\\303\\251")
    #expect("a\nb\\".asCComment == "a b\\.")
    #expect("a??/".asCComment == "a??/.")
  }

  @Test func eightBlocksOfFourOutputsAreFilledUpWithZeros() {
    let weights = Tensor<Float>([2, 1, 3, 5], (0..<30).map { Float($0) })
    let packed = CPackedWeights(weights, taps: [1])
    #expect(packed.depth == 4)
    #expect(packed.floats.count == 32)
    #expect(packed.floats[0..<8] == [15, 16, 17, 18, 20, 21, 22, 23])
    #expect(packed.floats[16..<24] == [19, 0, 0, 0, 24, 0, 0, 0])
    #expect(packed.floats[12..<16].allSatisfy { $0 == 0 })
  }

  @Test func weightsOfBytesAreWholeMultiplesOfTheirSteps() {
    let weights = Tensor<Float>([1, 1, 2, 2], [127, -2, 64, 1])
    let steps = weights.byteSteps
    #expect(steps == [1, 2 / 127])
    let bytes = CPackedWeights(weights, taps: [0]).bytes(steps: steps)
    #expect(bytes[0..<6] == [127, -127, 0, 0, 64, 64])
  }
}
