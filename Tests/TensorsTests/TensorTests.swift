import Foundation
import Tensors
import Testing

@Suite struct TensorTests {
  @Test func aTensorHoldsItsElementsInRowMajorOrder() {
    var tensor = Tensor<Float>([2, 3], [1, 2, 3, 4, 5, 6])
    #expect(tensor.count == 6 && tensor.shape.rank == 2 && tensor.shape.channels == 3)
    #expect(tensor[4] == 5)
    tensor[4] = 9
    #expect(tensor.elements == [1, 2, 3, 4, 9, 6])
  }

  @Test func writingToACopyLeavesTheOriginal() {
    let original = Tensor<Float>([4], [1, 2, 3, 4])
    var copy = original
    copy[0] = 7
    var reshaped = original.reshaped([2, 2])
    reshaped.withUnsafeMutableElements { $0[3] = 8 }
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [7, 2, 3, 4])
    #expect(reshaped.elements == [1, 2, 3, 8])
  }

  @Test func aCopyThatNobodyWritesToSharesItsMemory() {
    let original = Tensor<Float>([1000], repeating: 1)
    let copy = original
    let addresses = [original, copy].map { tensor in
      tensor.withUnsafeElements { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(addresses[0] == addresses[1])
  }

  @Test(arguments: [1, 3, 15, 16, 17, 1000, 4097])
  func elementsStartAtACacheLine(count: Int) {
    var floats = Tensor<Float>([count])
    let doubles = Tensor<Double>([count], repeating: 2)
    let starts = [
      floats.withUnsafeMutableElements { UInt(bitPattern: $0.baseAddress) },
      doubles.withUnsafeElements { UInt(bitPattern: $0.baseAddress) },
    ]
    #expect(starts.allSatisfy { $0 % 64 == 0 && $0 > 0 })
    #expect(floats.elements.allSatisfy { $0 == 0 })
    #expect(doubles.elements == Array(repeating: 2, count: count))
  }

  @Test func tensorsAreEqualInShapeAndElements() {
    let tensor = Tensor<Float>([2, 3], [0, 1, 2, 3, 4, 5])
    #expect(tensor == Tensor<Float>([2, 3], [0, 1, 2, 3, 4, 5]))
    #expect(tensor != tensor.reshaped([3, 2]))
    #expect(tensor != Tensor<Float>([2, 3], [0, 1, 2, 3, 4, 6]))
  }

  @Test func shapesAndTypesAreWrittenShortAndSurviveJSON() throws {
    let type = TensorType([1, 64, 512, 6])
    #expect(type.description == "f32[1x64x512x6]")
    #expect(type.byteCount == 64 * 512 * 6 * 4)
    #expect(TensorType([3], .float64).byteCount == 24)
    let json = try JSONEncoder().encode(type)
    #expect(try JSONDecoder().decode(TensorType.self, from: json) == type)
    #expect(Tensor<Double>([1]).type.element == .float64)
  }
}
