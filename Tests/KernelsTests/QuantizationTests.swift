import Graphs
import Kernels
import Tensors
import Testing

/// Operations on bytes: every backend against the reference in double precision.
@Suite struct QuantizationTests {
  @Test(arguments: cases, Backend.available)
  func everyBackendGivesTheNearestByteOrOneBesideIt(
    _ sample: ByteCase, _ backend: Backend
  ) throws {
    let expected = try sample.expected()
    let first = try sample.run(backend, gap: 0, threads: 1, bandsReversed: false)
    for gap in [0, 3] {
      for threads in [1, 3] {
        let found = try sample.run(backend, gap: gap, threads: threads, bandsReversed: true)
        // OpenBLAS takes other kernels for other numbers of rows, which the threads decide, on some
        // processors: its floats differ by their rounding then.
        let isExact = backend != .openblas || sample.resultType.element == .uint8
        let agrees =
          isExact ? found == first : zip(found, first).allSatisfy { abs($0 - $1) <= 2e-5 }
        #expect(agrees, "\(backend), gap \(gap), \(threads) threads")
      }
    }
    let step = Double(sample.resultType.quantization?.scale ?? 0)
    var beside = 0
    for (value, truth) in zip(first, expected) {
      let error = abs(Double(value) - truth)
      #expect(error <= 1.01 * step + 2e-4, "\(backend): \(value), not \(truth)")
      if error > 2e-4 { beside += 1 }
    }
    #expect(beside <= expected.count / 50, "\(beside) of \(expected.count) are beside")
  }

  @Test func theGreatestNumbersOfWinogradsTilesFit() throws {
    let input = Quantization(scale: 1, zero: 0)
    let convolution = Convolution(kernel: Extent(3, 3), epilogue: Epilogue(bias: false))
    let types = [TensorType([1, 6, 8, 200], input), TensorType([3, 3, 200, 8])]
    // The same sign in every channel of a pixel, so that nothing cancels out.
    let pixels = (0..<48).flatMap { Array(repeating: Float($0 * 7 % 3 == 0 ? 255 : 0), count: 200) }
    let signs = (0..<9).flatMap {
      Array(repeating: Float($0 % 2 == 0 ? 127 : -127), count: 200 * 8)
    }
    let sample = ByteCase(convolution, types, values: [pixels, signs])
    let expected = try sample.expected()
    for backend in Backend.available {
      let found = try sample.run(backend, gap: 0, threads: 1, bandsReversed: false)
      // Sums above 2^24 are rounded; a transformed pixel or weight that did not fit would be off by far more.
      #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) <= 100 }, "\(backend)")
    }
  }

  @Test func aByteDoesNotDependOnHowManyOutputsThereAre() throws {
    let (whole, parts) = (Self.outputs(24), Self.outputs(23))
    // OpenBLAS sums floats, by other kernels for other numbers of outputs; the reference has one way.
    for backend in Backend.available where ![.openblas, .reference].contains(backend) {
      let expected = try whole.run(backend, gap: 0, threads: 1, bandsReversed: false)
      let found = try parts.run(backend, gap: 0, threads: 1, bandsReversed: false)
      var differing = 0
      for (index, byte) in found.enumerated() where byte != expected[index / 23 * 24 + index % 23] {
        differing += 1
      }
      #expect(differing == 0, "\(backend)")
    }
  }

  /// The first of 24 outputs of half a million pixels, to which bytes are added: some sums lie so near a half that the
  /// rounding of what the bytes stand for shows.
  private static func outputs(_ count: Int) -> ByteCase {
    let image = Quantization(scale: 0.01, zero: 100)
    let (stored, other) = (
      Quantization(scale: 0.05, zero: 30), Quantization(scale: 0.049, zero: 20)
    )
    func numbers(_ pixels: Int, _ channels: Int, within bound: Float) -> [Float] {
      var random = SplitMix(state: UInt64(pixels))
      return (0..<pixels * channels).map { _ in .random(in: -bound...bound, using: &random) }
    }
    func cut(_ numbers: [Float]) -> [Float] {
      numbers.indices.filter { $0 % 24 < count }.map { numbers[$0] }
    }
    let pixels = numbers(4096, 16, within: 1).map { image.value(image.byte($0)) }
    // Another number of pixels, so that they meet anew each time.
    let addend = numbers(4093, 24, within: 11).map { other.value(other.byte($0)) }
    return ByteCase(
      Convolution(kernel: .one, epilogue: Epilogue(addend: true, quantization: stored)),
      [TensorType([1, 512, 1024, 16], image), TensorType([1, 1, 16, count])]
        + [TensorType([count]), TensorType([1, 512, 1024, count], other)],
      values: [pixels, cut(numbers(16, 24, within: 1)), cut(numbers(1, 24, within: 1))]
        + [cut(addend)])
  }

  @Test(arguments: [Extent.one, Extent(3, 3)])
  func weightsThatFloatsHardlyHoldAreNumbers(_ kernel: Extent) throws {
    let input = Quantization(scale: 1, zero: 0)
    let convolution = Convolution(kernel: kernel, epilogue: Epilogue(bias: false))
    for backend in Backend.available {
      let sample = ByteCase(
        convolution,
        [TensorType([1, 4, 4, 16], input), TensorType([kernel.height, kernel.width, 16, 8])],
        values: [[255], [8 * .leastNonzeroMagnitude]])
      let found = try sample.run(backend, gap: 0, threads: 1, bandsReversed: false)
      #expect(found.allSatisfy { abs($0) < 1e-35 }, "\(backend)")
    }
  }

  @Test func sumsDoNotSaturate() throws {
    // 255 times 127 for every tap and channel: sums of pairs exceed 16 bits.
    let input = Quantization(scale: 1, zero: 0)
    let convolution = Convolution(kernel: Extent(3, 3), epilogue: Epilogue(bias: false))
    for backend in Backend.available {
      let sample = ByteCase(
        convolution, [TensorType([1, 3, 4, 16], input), TensorType([3, 3, 16, 5])],
        values: [[255], [127]])
      let found = try sample.run(backend, gap: 0, threads: 1, bandsReversed: false)
      let inside = 255 * 127 * 16 * Float(9)
      #expect(found[(1 * 4 + 1) * 5] == inside, "\(backend)")
    }
  }

  @Test func aByteStandsForTheNearestNumber() {
    let quantization = Quantization(holding: -1...4.1)
    #expect(quantization.zero == 50)
    #expect(quantization.byte(0) == 50 && quantization.value(50) == 0)
    #expect(quantization.byte(-9) == 0 && quantization.byte(9) == 255)
    #expect(quantization.byte(.nan) == 0)
    #expect(Quantization(holding: 3...3.5).zero == 0)
    #expect(Quantization(holding: 0...0) == Quantization(scale: 1, zero: 0))
  }

  static let cases: [ByteCase] = {
    let image = Quantization(scale: 0.01, zero: 100)
    let other = Quantization(scale: 0.02, zero: 7)
    let stored = Quantization(scale: 0.05, zero: 30)
    let full = Epilogue(
      activation: .relu, affine: true, addend: true, factor: true, quantization: stored)
    let plain = Epilogue(activation: .relu, quantization: stored)
    let bytes = { (shape: TensorShape) in TensorType(shape, image) }
    let floats = { (shape: TensorShape) in TensorType(shape) }
    let channels = { (count: Int) in [floats([count]), floats([count]), floats([count])] }
    return [
      ByteCase(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [bytes([2, 5, 7, 6]), floats([3, 3, 6, 21])] + channels(21)
          + [TensorType([2, 5, 7, 21], other), floats([2, 5, 7, 21])]),
      ByteCase(
        Convolution(kernel: .one, epilogue: plain),
        [bytes([1, 6, 9, 16]), floats([1, 1, 16, 70]), floats([70])]),
      ByteCase(
        Convolution(kernel: Extent(3, 3)),
        [bytes([1, 4, 31, 32]), floats([3, 3, 32, 3]), floats([3])]),
      ByteCase(
        Convolution(kernel: .one, epilogue: Epilogue(activation: .sigmoid)),
        [bytes([2, 3, 5, 7]), floats([1, 1, 7, 4]), floats([4])]),
      ByteCase(
        Convolution(kernel: Extent(3, 5), stride: Extent(2, 2), epilogue: plain),
        [bytes([1, 9, 26, 33]), floats([3, 5, 33, 17]), floats([17])]),
      ByteCase(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [floats([1, 6, 11, 18]), floats([3, 3, 18, 35])] + channels(35)
          + [TensorType([1, 6, 11, 35], other), TensorType([1, 6, 11, 35], other)]),
      // Enough channels for Winograd's tiles, and odd numbers of rows and columns.
      ByteCase(
        Convolution(kernel: Extent(3, 3), epilogue: plain),
        [bytes([2, 5, 7, 16]), floats([3, 3, 16, 21]), floats([21])]),
      ByteCase(
        Convolution(kernel: Extent(3, 3), epilogue: full),
        [bytes([1, 6, 9, 24]), floats([3, 3, 24, 16])] + channels(16)
          + [TensorType([1, 6, 9, 16], other), floats([1, 6, 9, 16])]),
      ByteCase(
        Convolution(
          kernel: Extent(3, 3), epilogue: Epilogue(addend: true, quantization: stored)),
        [bytes([2, 8, 30, 40]), floats([3, 3, 40, 17]), floats([17])]
          + [TensorType([2, 8, 30, 17], other)]),
      ByteCase(
        Convolution(
          kernel: Extent(3, 3),
          epilogue: Epilogue(activation: .relu, addend: true, quantization: stored)),
        [bytes([1, 1, 12, 48]), floats([3, 3, 48, 32]), floats([32]), floats([1, 1, 12, 32])]),
      ByteCase(
        Convolution(kernel: Extent(3, 3)),
        [bytes([1, 7, 41, 64]), floats([3, 3, 64, 4]), floats([4])]),
      ByteCase(
        Convolution(kernel: Extent(3, 3), epilogue: plain),
        [bytes([1, 3, 5, 208]), floats([3, 3, 208, 8]), floats([8])]),
      ByteCase(
        TransposedConvolution(
          kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: plain),
        [bytes([2, 3, 9, 12]), floats([1, 4, 12, 20]), floats([20])]),
      ByteCase(
        MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2)), [bytes([2, 6, 10, 67])]),
      ByteCase(
        MaxPooling(kernel: Extent(3, 3), stride: Extent(2, 2)), [bytes([1, 6, 10, 16])]),
      ByteCase(MaxPooling(kernel: Extent(3, 3), stride: .one), [bytes([1, 6, 10, 48])]),
      ByteCase(MaxPooling(kernel: Extent(7, 7), stride: .one), [bytes([1, 9, 12, 5])]),
      ByteCase(
        ContextAggregation(window: Extent(7, 7), quantization: stored),
        [bytes([2, 9, 11, 36]), floats([1, 1, 36, 3]), floats([3])]
          + [floats([1, 1, 3, 36]), floats([36])]),
      ByteCase(
        ContextAggregation(window: Extent(3, 3)),
        [bytes([1, 5, 6, 16]), floats([1, 1, 16, 17]), floats([17])]
          + [floats([1, 1, 17, 16]), floats([16])]),
      ByteCase(
        DepthwiseConvolution(
          kernel: Extent(3, 3), dilation: Extent(1, 2),
          epilogue: Epilogue(activation: .relu, quantization: stored)),
        [bytes([2, 5, 9, 35]), floats([3, 3, 35]), floats([35])]),
      ByteCase(
        DepthwiseConvolution(
          kernel: Extent(3, 3),
          epilogue: Epilogue(activation: .relu, addend: true, quantization: stored)),
        [bytes([2, 5, 19, 24]), floats([3, 3, 24]), floats([24]), floats([2, 5, 19, 24])]),
      ByteCase(
        DepthwiseConvolution(kernel: Extent(3, 3), dilation: Extent(2, 4)),
        [bytes([1, 6, 21, 12]), floats([3, 3, 12])]),
      ByteCase(
        DepthwiseConvolution(kernel: Extent(5, 5), stride: Extent(1, 2)),
        [bytes([1, 6, 11, 16]), floats([5, 5, 16])]),
      ByteCase(
        Convolution(
          kernel: .one, shift: Shift(.adjacentFive), epilogue: Epilogue(quantization: stored)),
        [bytes([2, 5, 9, 42]), floats([1, 1, 42, 19]), floats([19])]),
      ByteCase(
        Convolution(kernel: .one, shift: Shift(.adjacentFive, isReversed: true)),
        [bytes([1, 3, 14, 80]), floats([1, 1, 80, 4]), floats([4])]),
      ByteCase(Concatenation(), [bytes([2, 3, 4, 5]), bytes([2, 3, 4, 9])]),
      ByteCase(ChannelSlice(first: 2, count: 3), [bytes([2, 3, 4, 9])]),
      ByteCase(Conversion(to: nil), [bytes([2, 3, 4, 9])]),
      ByteCase(Conversion(to: stored), [floats([2, 3, 4, 9])]),
      ByteCase(Conversion(to: stored), [bytes([2, 3, 4, 9])]),
    ]
  }()
}
