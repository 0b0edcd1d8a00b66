import Execution
import Foundation
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

@testable import Export

/// A sample of an operation as a file, and what must come out.
struct OperationCase {
  /// Where operands come from.
  enum Form: String, CaseIterable {
    /// All are inputs of the file.
    case inputs
    /// All but the first are constants in it.
    case constants
  }

  let name: String
  let sample: OperationSample
  let form: Form
  let operatorSet: Int
  private let operands: [Tensor<Float>]

  init(_ sample: OperationSample, _ number: Int, _ form: Form, operatorSet: Int) {
    let kind = sample.operation.kind.rawValue
    name = "\(kind) \(number) of \(form.rawValue), operator set \(operatorSet)"
    self.sample = sample
    self.form = form
    self.operatorSet = operatorSet
    var random = SeededNumbers(seed: UInt64(number) + 1)
    operands = zip(sample.operands, sample.contents).map { type, content in
      switch content {
      case .numbers(let range):
        random.tensor(type.shape, in: Float(range.lowerBound)...Float(range.upperBound))
      case .whole(let range):
        Tensor(
          type.shape,
          (0..<type.shape.count).map { _ in Float(Int.random(in: range, using: &random)) })
      }
    }
  }

  /// Every sample of a kind and some more, in every form, in the first and the last operator set.
  static func all(_ kind: Graphs.Operation.Kind) -> [OperationCase] {
    (kind.samples + others(kind)).enumerated().flatMap { number, sample in
      Form.allCases.flatMap { form in
        [13, 17].map { OperationCase(sample, number, form, operatorSet: $0) }
      }
    }
  }

  /// Windows that reach neither the end of a result nor each other.
  private static func others(_ kind: Graphs.Operation.Kind) -> [OperationSample] {
    let (image, windows) = (TensorShape([2, 3, 7, 5]), [(1, 2, 1, 3), (2, 1, 3, 2), (1, 1, 2, 3)])
    return windows.compactMap { rows, columns, down, right in
      let (kernel, stride) = (Extent(rows, columns), Extent(down, right))
      let bias = Epilogue(activation: .relu)
      let weights: [TensorShape] = [[rows, columns, 5, 6], [6]]
      let others: [(attributes: any OperationAttributes, operands: [TensorShape])] = [
        (Convolution(kernel: kernel, stride: stride, epilogue: bias), [image] + weights),
        (TransposedConvolution(kernel: kernel, stride: stride, epilogue: bias), [image] + weights),
        (MaxPooling(kernel: kernel, stride: stride), [image]),
        (AveragePooling(kernel: kernel, stride: stride), [image]),
      ]
      guard var sample = kind.samples.first,
        let other = others.first(where: { $0.attributes.operation.kind == kind })
      else { return nil }
      sample.operation = other.attributes.operation
      sample.operands = other.operands.map { TensorType($0) }
      sample.contents = other.operands.map { _ in .numbers(-1...1) }
      return sample
    }
  }

  /// The operation alone in a graph.
  private func graph() throws -> (Graph, ParameterValues) {
    var graph = Graph()
    var parameters: ParameterValues = [:]
    let values = try operands.enumerated().map { index, operand in
      if form == .constants, index > 0 {
        parameters["operand\(index)"] = operand
        return try graph.parameter("operand\(index)", operand.shape)
      }
      return try graph.input("operand\(index)", operand.type)
    }
    try graph.output("result", graph.apply(sample.operation, to: values, name: "node"))
    return (graph, parameters)
  }

  /// The file with its inputs.
  ///
  /// - Throws: `.unsupported` where there is none.
  func entry() throws -> RuntimeBatch.Entry {
    let (graph, parameters) = try graph()
    var lowering = ONNXLowering(
      graph, constants: try ConstantValues(graph, parameters: parameters).tensors)
    try lowering.declareInputs()
    try lowering.lowerOperations()
    lowering.declareOutputs()
    let inputs = operands.enumerated().filter { form == .inputs || $0.offset == 0 }
      .map { ("operand\($0.offset)", $0.element.inFileOrder) }
    return RuntimeBatch.Entry(
      name: name, file: lowering.onnx.file(producer: "tests", operatorSet: operatorSet),
      inputs: Dictionary(uniqueKeysWithValues: inputs), outputs: ["result"])
  }

  /// The result in double precision by the reference, in the order of the file.
  func expected() throws -> Tensor<Double> {
    try ReferenceKernels.evaluate(
      sample.operation, operands.map { Tensor($0.shape, $0.elements.map(Double.init)) }
    ).inFileOrder
  }

  /// How far a result may be from the expected one, as a part of the greater of that and 1.
  var tolerance: Double {
    let kind = sample.operation.kind
    if Self.exact.contains(kind) { return 0 }
    guard kind == .convolution || kind == .transposedConvolution else { return 1e-5 }
    return 3e-6 * (Double(operands[1].count) / Double(operands[1].shape.channels)).squareRoot()
  }

  /// What only moves numbers.
  private static let exact: Set<Graphs.Operation.Kind> = [
    .maxPooling, .concatenation, .channelSlice, .channelEmbedding, .reshaping,
    .kernelTransposition, .shift, .conversion,
  ]
}
