import Export
import Graphs
import Kernels
import Tensors
import TestSupport

/// An operation with operands to try it on, some of which may be stored as bytes.
struct Sample: CustomStringConvertible, Sendable {
  let operation: Operation
  /// How the operands are stored.
  let types: [TensorType]
  /// Their numbers; those that are stored as bytes are numbers that bytes stand for.
  let operands: [Tensor<Float>]

  init(_ operation: Operation, _ types: [TensorType], _ contents: [OperationSample.Content] = []) {
    self.operation = operation
    self.types = types
    var random = SeededNumbers(seed: 5)
    operands = types.enumerated().map { index, type in
      let content = index < contents.count ? contents[index] : .numbers(-1...1)
      let numbers = (0..<type.shape.count).map { _ -> Float in
        let number = content.draw(using: &random)
        return type.quantization.map { $0.value($0.byte(number)) } ?? number
      }
      let tensor = Tensor(type.shape, numbers)
      let meetsBytes = index == 1 && type.shape.rank == 4 && types[0].quantization != nil
      guard meetsBytes, type.quantization == nil else { return tensor }
      return (try? ReferenceKernels.evaluate(WeightRounding().operation, [tensor])) ?? tensor
    }
  }

  var description: String { "\(operation.kind) \(operation.attributes.words) \(types)" }

  /// The result in double precision by the reference.
  func expected() throws -> Tensor<Double> {
    try ReferenceKernels.evaluate(
      operation, operands.map { Tensor($0.shape, $0.elements.map(Double.init)) })
  }

  /// Whether an operand is part of the weights, not of what a network computes.
  func isWeight(_ index: Int) -> Bool {
    switch operation {
    case .convolution, .transposedConvolution: index == 1 || types[index].shape.rank == 1
    case .depthwiseConvolution, .contextAggregation, .affine: index > 0
    case .recurrentCRF: index > 2
    default: false
    }
  }

  /// How far results may be from the expected ones, as a part of the greater of these and 1.
  var tolerance: Double {
    switch operation.kind {
    case .maxPooling, .concatenation, .channelSlice, .reshaping, .shift, .conversion: 0
    default: 1e-5
    }
  }

  /// The samples of every operation that has its own code in C.
  static let floats: [Sample] = Operation.Kind.allCases.flatMap { kind -> [Sample] in
    kind.samples.map { Sample($0.operation, $0.operands, $0.contents) }
  }.filter { $0.isWritten }

  private var isWritten: Bool {
    if case .maxPooling(let pooling) = operation, pooling.storesPlaces { return false }
    return CProgram.support(of: operation.kind) == .written
  }
}

extension OperationSample.Content {
  /// A number that an operand may hold.
  func draw(using random: inout SeededNumbers) -> Float {
    switch self {
    case .numbers(let range):
      Float.random(in: Float(range.lowerBound)...Float(range.upperBound), using: &random)
    case .whole(let range): Float(Int.random(in: range, using: &random))
    }
  }
}
