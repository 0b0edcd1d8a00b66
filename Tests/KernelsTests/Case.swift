import Graphs
import Kernels
import Tensors
import Testing

/// An operation with operands to try it on.
struct Case: CustomTestStringConvertible {
  let operation: Operation
  let operands: [Tensor<Float>]

  var kind: Operation.Kind { operation.kind }

  init(_ operation: Operation, _ types: [TensorType], seed: UInt64 = 1) {
    self.operation = operation
    var random = SplitMix(state: seed)
    operands = types.indices.map { index in
      let range = Self.range(operation, operand: index)
      let isMask = operation.kind == .recurrentCRF && index == 2
      return Tensor(
        types[index].shape,
        (0..<types[index].shape.count).map { _ in
          let value = Float.random(in: range, using: &random)
          return isMask ? value.rounded() : value
        })
    }
  }

  var testDescription: String { "\(operation.kind) \(operands.map(\.type))" }

  /// What an operand may hold.
  private static func range(_ operation: Operation, operand: Int) -> ClosedRange<Float> {
    switch operation {
    case .batchNormalization: operand == 4 ? 0.1...2 : -1...1
    case .inverseDeviation: 0.1...2
    case .dropout: operand == 1 ? 0...0.999 : -1...1
    case .recurrentCRF:
      // Positions as near each other as the field's kernels are wide.
      operand == 1 ? -0.01...0.01 : operand == 2 ? 0...1 : -2...2
    case .activation, .softmax: -6...6
    case .convolution, .transposedConvolution, .maxPooling, .affine, .combination,
      .concatenation, .channelSlice:
      -1...1
    }
  }

  /// The result in double precision by the reference.
  func expected() throws -> Tensor<Double> {
    try ReferenceKernels.evaluate(
      operation, operands.map { Tensor($0.shape, $0.elements.map(Double.init)) })
  }

  /// How far a result may be from the expected one, as a part of the greater of that and 1.
  var tolerance: Double {
    switch operation.kind {
    case .maxPooling, .concatenation, .channelSlice: 0
    case .affine, .combination, .dropout, .inverseDeviation, .activation: 5e-7
    case .batchNormalization, .softmax: 1e-6
    case .recurrentCRF: 1e-5
    // The rounding of a sum grows with the root of its length: the window times the inputs.
    case .convolution, .transposedConvolution:
      3e-6 * (Double(operands[1].count) / Double(operands[1].shape.channels)).squareRoot()
    }
  }

  func operandMemory(gap: Int) -> [GuardedMemory] {
    operands.map { GuardedMemory($0.shape, gap: gap, $0.elements) }
  }

  /// Every sample of a kind of operation.
  static func samples(_ kind: Operation.Kind) -> [Case] {
    kind.samples.enumerated().map { Case($1.operation, $1.operands, seed: UInt64($0 + 1)) }
  }
}

extension PreparedKernel {
  /// Runs some bands on one thread's scratch memory, which holds NaN before; returns whether the
  /// memory behind it stayed as it was.
  func runBands(_ bands: [Int]) -> Bool {
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: scratchCount + 64)
    defer { memory.deallocate() }
    guard let scratch = memory.baseAddress else { return false }
    memory.initialize(repeating: .nan)
    for band in bands {
      (scratch).update(repeating: .nan, count: scratchCount)
      run(band, scratch)
    }
    return memory[scratchCount...].allSatisfy(\.isNaN)
  }
}

/// The SplitMix64 generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
