import Graphs
import Kernels
import Tensors
import Testing

/// Every backend against the reference in double precision, on every sample of every operation.
@Suite struct ConformanceTests {
  @Test(arguments: Operation.Kind.allCases, Backend.available)
  func everyBackendAgreesWithTheReference(_ kind: Operation.Kind, _ backend: Backend) throws {
    for sample in Case.samples(kind) {
      for gap in [0, 3] {
        for threads in [1, 3] {
          try expectAgreement(sample, backend, gap: gap, threads: threads)
        }
      }
      try expectAgreement(sample, backend, gap: 1, threads: 2, weightsAreFixed: false)
    }
  }

  @Test(arguments: largerCases)
  func everyBackendAgreesOnTheNetworksShapes(_ sample: Case) throws {
    for backend in Backend.available {
      for gap in [0, 5] { try expectAgreement(sample, backend, gap: gap, threads: 2) }
    }
  }

  @Test(arguments: Operation.Kind.allCases, Backend.available)
  func everyBandWritesItsOwnPartAndAllTogetherEverything(
    _ kind: Operation.Kind, _ backend: Backend
  ) throws {
    for sample in Case.samples(kind) {
      let operands = sample.operandMemory(gap: 0)
      defer { withExtendedLifetime(operands) {} }
      let shape = try sample.expected().shape
      let result = GuardedMemory(shape, gap: 1)
      let kernel = backend.prepare(
        sample.operation, operands: operands.map(\.view), result: result.view, threads: 3)
      var seen = Set<Int>()
      for band in 0..<kernel.bandCount {
        for position in 0..<shape.count {
          result[position] = Float(bitPattern: GuardedMemory.guardBits)
        }
        #expect(kernel.runBands([band]))
        #expect(seen.isDisjoint(with: result.written), "\(kernel.name), band \(band)")
        seen.formUnion(result.written)
      }
      kernel.finish()
      seen.formUnion(result.written)
      #expect(seen.count == shape.count, "\(kernel.name)")
    }
  }

  @Test(arguments: Operation.Kind.allCases)
  func aKernelNamesWhoComputesAndTheOperation(_ kind: Operation.Kind) throws {
    for sample in Case.samples(kind) {
      let operands = sample.operandMemory(gap: 0)
      defer { withExtendedLifetime(operands) {} }
      let result = GuardedMemory(try sample.expected().shape, gap: 0)
      for backend in Backend.available {
        let kernel = backend.prepare(
          sample.operation, operands: operands.map(\.view), result: result.view, threads: 1)
        // What our own kernels do not cover is OpenBLAS' work, results of few channels are that of
        // shorter vectors; both say so.
        let others: [Backend] = backend == .reference ? [] : [.openblas, .avx2]
        let computers = Set([backend] + others)
        #expect(computers.contains { kernel.name.hasPrefix("\($0.rawValue).\(kind.rawValue)") })
      }
    }
  }

  /// Runs all bands in shuffled order, twice over the same memory, and compares.
  private func expectAgreement(
    _ sample: Case, _ backend: Backend, gap: Int, threads: Int, weightsAreFixed: Bool = true
  ) throws {
    let expected = try sample.expected()
    let operands = sample.operandMemory(gap: gap)
    let result = GuardedMemory(expected.shape, gap: gap)
    let kernel = backend.prepare(
      sample.operation, operands: operands.map(\.view), result: result.view, threads: threads,
      weightsAreFixed: weightsAreFixed)
    var random = SplitMix(state: 7)
    for _ in 0..<2 {
      kernel.start()
      #expect(
        kernel.runBands(Array(0..<kernel.bandCount).shuffled(using: &random)),
        "\(kernel.name) wrote behind its scratch memory")
      kernel.finish()
      let errors = zip(result.elements, expected.elements).map { value, truth in
        value.isNaN ? .infinity : abs(Double(value) - truth) / max(1, abs(truth))
      }
      #expect(
        errors.allSatisfy { $0 <= sample.tolerance }, "\(kernel.name), gap \(gap), \(sample)")
    }
    #expect(result.guardsAreIntact, "\(kernel.name) wrote between pixels")
    for (memory, operand) in zip(operands, sample.operands) {
      #expect(memory.guardsAreIntact && memory.elements == operand.elements)
    }
  }

  static let largerCases: [Case] = {
    let full = Epilogue(activation: .relu, affine: true, addend: true, factor: true)
    let pool = MaxPooling(kernel: Extent(7, 7), stride: .one)
    let down = MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))
    return [
      convolution(Extent(3, 3), [1, 8, 40, 64], 64),
      convolution(Extent(3, 3), stride: Extent(1, 2), [1, 9, 50, 6], 64),
      convolution(Extent(3, 3), [1, 6, 70, 64], 4, Epilogue()),
      convolution(Extent(3, 3), [2, 5, 33, 40], 7, full),
      convolution(Extent(3, 3), [2, 5, 33, 20], 3, full),
      convolution(Extent(3, 3), [3, 7, 9, 5], 70, full),
      convolution(Extent(3, 3), [1, 3, 2, 33], 17, Epilogue(activation: .sigmoid)),
      convolution(Extent(3, 3), [1, 64, 32, 48], 192),
      convolution(Extent(5, 4), stride: Extent(2, 3), [2, 13, 29, 19], 81, full),
      convolution(Extent(17, 1), [1, 20, 3, 4], 5),
      convolution(Extent(1, 1), [1, 64, 32, 48], 192, full),
      convolution(Extent(1, 1), [1, 16, 64, 64], 4),
      convolution(Extent(1, 1), [1, 16, 64, 4], 64, Epilogue(activation: .sigmoid)),
      convolution(Extent(1, 1), stride: Extent(1, 2), [1, 4, 9, 5], 8),
      transposed(Extent(1, 4), Extent(1, 2), [1, 16, 32, 64], 64, Epilogue(activation: .relu)),
      transposed(Extent(1, 4), Extent(1, 2), [2, 11, 129, 16], 16, full),
      transposed(Extent(1, 5), Extent(1, 3), [2, 3, 7, 20], 35, full),
      transposed(Extent(1, 2), Extent(1, 3), [2, 3, 7, 5], 6, full),
      transposed(Extent(4, 4), Extent(2, 2), [2, 5, 6, 3], 4, full),
      transposed(Extent(2, 1), Extent(3, 2), [2, 3, 4, 3], 4, Epilogue()),
      Case(.maxPooling(pool), [TensorType([1, 16, 40, 64])]),
      Case(.maxPooling(down), [TensorType([1, 16, 64, 128])]),
      Case(
        .maxPooling(MaxPooling(kernel: Extent(1, 2), stride: Extent(2, 3))),
        [TensorType([2, 5, 7, 3])]),
      Case(
        .maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one, storesPlaces: true)),
        [TensorType([2, 40, 30, 17])]),
      Case(
        .convolutionWeightGradient(ConvolutionWeightGradient(kernel: Extent(3, 3), stride: .one)),
        [[2, 40, 50, 16], [2, 40, 50, 64]].map { TensorType($0) }),
      Case(
        .convolutionWeightGradient(
          ConvolutionWeightGradient(kernel: Extent(3, 3), stride: Extent(1, 2))),
        [[3, 16, 128, 6], [3, 16, 64, 32]].map { TensorType($0) }),
      Case(
        .convolutionWeightGradient(ConvolutionWeightGradient(kernel: .one, stride: .one)),
        [[2, 9, 33, 13], [2, 9, 33, 81]].map { TensorType($0) }),
      Case(
        .contextAggregation(ContextAggregation(window: Extent(7, 7))),
        [[2, 14, 40, 64], [1, 1, 64, 4], [4], [1, 1, 4, 64], [64]].map { TensorType($0) }),
      Case(.batchMoments(BatchMoments()), [TensorType([2, 30, 50, 33])]),
      Case(
        .recurrentCRF(RecurrentCRF()),
        [[1, 16, 40, 4], [1, 16, 40, 3], [1, 16, 40, 1], [4, 4], [4, 4]].map { TensorType($0) }),
    ]
  }()

  private static func convolution(
    _ kernel: Extent, stride: Extent = .one, _ input: TensorShape, _ outputs: Int,
    _ epilogue: Epilogue = Epilogue(activation: .relu)
  ) -> Case {
    let attributes = Convolution(kernel: kernel, stride: stride, epilogue: epilogue)
    let result: TensorShape = [
      input[0], (input[1] + stride.height - 1) / stride.height,
      (input[2] + stride.width - 1) / stride.width, outputs,
    ]
    return Case(
      .convolution(attributes),
      types(input, [kernel.height, kernel.width, input.channels, outputs], epilogue, result))
  }

  private static func transposed(
    _ kernel: Extent, _ stride: Extent, _ input: TensorShape, _ outputs: Int, _ epilogue: Epilogue
  ) -> Case {
    let attributes = TransposedConvolution(kernel: kernel, stride: stride, epilogue: epilogue)
    let result: TensorShape = [
      input[0], input[1] * stride.height, input[2] * stride.width, outputs,
    ]
    return Case(
      .transposedConvolution(attributes),
      types(input, [kernel.height, kernel.width, input.channels, outputs], epilogue, result))
  }

  private static func types(
    _ input: TensorShape, _ weights: TensorShape, _ epilogue: Epilogue, _ result: TensorShape
  ) -> [TensorType] {
    let channels: TensorShape = [result.channels]
    return
      ([input, weights] + (epilogue.bias ? [channels] : [])
      + (epilogue.affine ? [channels, channels] : []) + (epilogue.addend ? [result] : [])
      + (epilogue.factor ? [result] : []))
      .map { TensorType($0) }
  }
}
