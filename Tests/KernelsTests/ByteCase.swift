import Graphs
import Kernels
import Tensors
import Testing

/// An operation some of whose operands, or whose result, are stored as bytes.
struct ByteCase: CustomTestStringConvertible, Sendable {
  let operation: Operation
  let types: [TensorType]
  /// The operands' numbers; those that are stored as bytes are numbers that bytes stand for.
  let operands: [Tensor<Float>]

  /// Random numbers, or given ones that are repeated; the weights of a product are rounded.
  init(_ attributes: some OperationAttributes, _ types: [TensorType], values: [[Float]]? = nil) {
    operation = attributes.operation
    self.types = types
    var random = SplitMix(state: 3)
    operands = types.enumerated().map { index, type in
      let numbers = (0..<type.shape.count).map { position -> Float in
        if let values { return values[index][position % values[index].count] }
        let number = Float.random(in: -1...1, using: &random)
        return type.quantization.map { $0.value($0.byte(number)) } ?? number
      }
      return Self.rounded(Tensor(type.shape, numbers), index: index, types)
    }
  }

  var testDescription: String { "\(operation.kind) \(operation.attributes.words) \(types)" }

  var resultType: TensorType {
    guard let type = try? operation.resultType(of: types, node: "sample") else {
      preconditionFailure("operands do not suit")
    }
    return type
  }

  /// The result in double precision by the reference.
  func expected() throws -> [Double] {
    try Array(
      ReferenceKernels.evaluate(
        operation, operands.map { Tensor($0.shape, $0.elements.map(Double.init)) }
      ).elements)
  }

  /// What a backend computes, as numbers.
  func run(
    _ backend: Backend, gap: Int, threads: Int, bandsReversed: Bool
  ) throws -> [Float] {
    let memory = zip(types, operands).map { ByteMemory($0, gap: gap, $1.elements) }
    let result = ByteMemory(resultType, gap: gap, nil)
    defer { withExtendedLifetime((memory, result)) {} }
    let kernel = backend.prepare(
      operation, operands: memory.map(\.view), result: result.view, threads: threads)
    kernel.start()
    let bands = Array(0..<kernel.bandCount)
    guard kernel.runBands(bandsReversed ? bands.reversed() : bands) else {
      throw ScratchOverrun(kernel: kernel.name)
    }
    kernel.finish()
    guard result.gapsAreIntact else { throw ScratchOverrun(kernel: kernel.name) }
    return result.elements
  }

  /// A kernel wrote where it must not.
  struct ScratchOverrun: Error {
    let kernel: String
  }

  private static func rounded(
    _ tensor: Tensor<Float>, index: Int, _ types: [TensorType]
  ) -> Tensor<Float> {
    guard index == 1, tensor.shape.rank == 4, types[0].quantization != nil,
      types[1].quantization == nil
    else { return tensor }
    return
      (try? ReferenceKernels.evaluate(WeightRounding().operation, [tensor])) ?? tensor
  }
}

/// A value in memory of its own, with bytes between the pixels that nobody may write.
final class ByteMemory {
  let view: ValueView
  private static let mark: UInt8 = 0xa5
  private let memory: UnsafeMutableRawBufferPointer
  private let type: TensorType
  private let stride: Int

  init(_ type: TensorType, gap: Int, _ values: [Float]?) {
    self.type = type
    let channels = type.shape.channels
    stride = channels + gap
    let pixels = type.shape.count / channels
    memory = .allocate(byteCount: (pixels + 1) * stride * 4 + 64, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: Self.mark)
    guard let base = memory.baseAddress else { preconditionFailure("no memory") }
    let numbers = values ?? Array(repeating: 0, count: type.shape.count)
    if let quantization = type.quantization {
      let bytes = (base + 3).assumingMemoryBound(to: UInt8.self)
      for (position, number) in numbers.enumerated() {
        bytes[position / channels * stride + position % channels] = quantization.byte(number)
      }
      view = .bytes(
        TensorView(base: bytes, shape: type.shape, pixelStride: stride), quantization)
    } else {
      let floats = base.assumingMemoryBound(to: Float.self)
      for (position, number) in numbers.enumerated() {
        floats[position / channels * stride + position % channels] = number
      }
      view = .floats(TensorView(base: floats, shape: type.shape, pixelStride: stride))
    }
  }

  deinit { memory.deallocate() }

  /// The numbers that are stored.
  var elements: [Float] {
    var result = Tensor<Float>(type.shape)
    result.withUnsafeMutableElements { memory in
      guard let base = memory.baseAddress else { return }
      view.copy(to: TensorView(base: base, shape: type.shape))
    }
    return Array(result.elements)
  }

  /// Whether what lies between the pixels and behind them is as it was.
  var gapsAreIntact: Bool {
    let size = type.element.byteCount
    let start = type.quantization == nil ? 0 : 3
    let channels = type.shape.channels
    return memory.indices.allSatisfy { index in
      let element = (index - start) / size
      let isElement =
        index >= start && element < type.shape.count / channels * stride
        && element % stride < channels
      return isElement || memory[index] == Self.mark
    }
  }
}
