import Graphs
import Kernels
import Tensors
import Testing

/// Results worked out by hand, from every backend.
@Suite struct ExampleTests {
  @Test(arguments: Backend.available)
  func aConvolutionSumsProductsAndPadsAnOddCellBehind(_ backend: Backend) {
    // Width 4 at stride 2 under a window of 3: windows start at 0 and 2, one cell of padding behind.
    let strided = Convolution(
      kernel: Extent(1, 3), stride: Extent(1, 2), epilogue: Epilogue(bias: false))
    let result = run(
      backend, .convolution(strided), [[1, 1, 4, 1], [1, 3, 1, 1]],
      [[1, 2, 3, 4], [1, 10, 100]])
    #expect(result == [321, 43])
  }

  @Test(arguments: Backend.available)
  func theEpilogueAddsBiasThenActivatesThenScalesThenAddsAnImage(_ backend: Backend) {
    let full = Epilogue(bias: true, activation: .relu, affine: true, addend: true)
    let result = run(
      backend, .convolution(Convolution(kernel: .one, epilogue: full)),
      [[1, 1, 2, 1], [1, 1, 1, 2], [2], [2], [2], [1, 1, 2, 2]],
      [[1, -2], [3, -1], [1, -4], [2, 5], [10, 20], [100, 200, 300, 400]])
    // Sums 3 -1 -6 2; biased 4 -5 -5 -2; rectified 4 0 0 0; moved 18 20 10 20.
    #expect(result == [118, 220, 310, 420])
  }

  @Test(arguments: Backend.available)
  func aTransposedConvolutionSpreadsEachColumnOverFour(_ backend: Backend) {
    let up = TransposedConvolution(
      kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: Epilogue(bias: false))
    let result = run(
      backend, .transposedConvolution(up), [[1, 1, 2, 1], [1, 4, 1, 1]], [[1, 10], [1, 2, 3, 4]])
    // Column 0 gives 1 2 3 4 from output -1 on, column 1 gives 10 20 30 40 from output 1 on.
    #expect(result == [2, 13, 24, 30])
  }

  @Test(arguments: Backend.available)
  func aPoolTakesTheGreatestAndPaddingNeverWins(_ backend: Backend) {
    let pool = MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))
    let result = run(backend, .maxPooling(pool), [[1, 2, 3, 1]], [[-5, -4, -9, -7, -8, -6]])
    #expect(result == [-4, -4, -4, -4])
  }

  @Test(arguments: Backend.available)
  func gradientsOfMaximaGoWhereThePoolingFoundThem(_ backend: Backend) {
    let windows = [
      (Extent(7, 7), Extent.one), (Extent(3, 3), Extent(1, 2)), (Extent(2, 4), Extent(2, 3)),
    ]
    for (kernel, stride) in windows {
      var random = SplitMix(state: 5)
      let shape: TensorShape = [2, 9, 20, 19]
      // Few different numbers: many windows have several maxima, and neighbours share them.
      let image = (0..<shape.count).map { _ in Float(Int.random(in: 0...9, using: &random)) }
      let pooling = MaxPooling(kernel: kernel, stride: stride, storesPlaces: true)
      let window = SlidingWindow(kernel: kernel, stride: stride, over: Extent(9, 20))
      let size: TensorShape = [2, window.rows.outputSize, window.columns.outputSize, 19]
      let pooled = run(backend, .maxPooling(pooling), [shape], [image])
      let places = (0..<size.count).map { index in
        let (pixel, channel) = index.quotientAndRemainder(dividingBy: 19)
        return pooled[pixel * 38 + 19 + channel]
      }
      let given = (0..<size.count).map { _ in Float(Int.random(in: -50...50, using: &random)) }
      let operation = Operation.maxPoolingGradient(MaxPoolingGradient(window))
      #expect(
        run(backend, operation, [size, size], [given, places])
          == run(.reference, operation, [size, size], [given, places]), "\(kernel)")
    }
  }

  @Test(arguments: Backend.available)
  func extremeScoresGiveFiniteProbabilities(_ backend: Backend) {
    let softmax = run(backend, .softmax(Softmax()), [[1, 4]], [[1000, -1000, 1000, -3e38]])
    #expect(
      softmax.allSatisfy { $0.isFinite } && abs(softmax[0] - 0.5) < 1e-6 && softmax[1] < 1e-30)
    let sigmoid = run(
      backend, .activation(.sigmoid), [[1, 5]], [[-3e38, -200, 0, 200, .infinity]])
    #expect(sigmoid[0] < 1e-30 && sigmoid[1] < 1e-30 && sigmoid[2...] == [0.5, 1, 1])
  }

  @Test(arguments: Backend.available)
  func whatIsNotANumberStaysVisible(_ backend: Backend) {
    for activation in [Activation.relu, .sigmoid] {
      let result = run(
        backend, .activation(activation), [[1, 9]], [Array(repeating: .nan, count: 9)])
      #expect(result.allSatisfy { $0.isNaN })
    }
  }

  @Test func theVectorExponentialStaysWithinAFewUnitsInTheLastPlace() {
    // Through the sigmoid of negative numbers, where 1 + exp(-x) keeps the exponential's error.
    let values = (0..<20000).map { Float($0) * -0.004 }
    let result = run(.openblas, .activation(.sigmoid), [[values.count]], [values])
    let expected = run(.reference, .activation(.sigmoid), [[values.count]], [values])
    for (a, b) in zip(result, expected) { #expect(abs(a - b) <= 5e-7 * b) }
  }

  @Test(arguments: Backend.available)
  func aConcatenationLeavesAnOperandThatIsAlreadyInPlace(_ backend: Backend) {
    let whole = GuardedMemory([1, 1, 2, 3], gap: 0)
    for position in 0..<6 { whole[position] = Float(position) }
    let front = TensorView(base: whole.view.base, shape: [1, 1, 2, 1], pixelStride: 3)
    let back = GuardedMemory([1, 1, 2, 2], gap: 2, [10, 11, 12, 13])
    defer { withExtendedLifetime(back) {} }
    let kernel = backend.prepare(
      .concatenation(Concatenation()), operands: [front, back.view], result: whole.view, threads: 1)
    #expect(kernel.runBands(Array(0..<kernel.bandCount)))
    #expect(whole.elements == [0, 10, 11, 3, 12, 13])
  }

  @Test func theReferenceRefusesOperandsThatDoNotSuit() {
    #expect(throws: GraphError.self) {
      try ReferenceKernels.evaluate(.activation(.relu), [Tensor<Float>([1]), Tensor<Float>([1])])
    }
  }

  private func run(
    _ backend: Backend, _ operation: Operation, _ shapes: [TensorShape], _ values: [[Float]]
  ) -> [Float] {
    let operands = zip(shapes, values).map { GuardedMemory($0, gap: 1, $1) }
    defer { withExtendedLifetime(operands) {} }
    guard let type = try? operation.resultType(of: shapes.map { TensorType($0) }, node: "example")
    else { return [] }
    let result = GuardedMemory(type.shape, gap: 2)
    let kernel = backend.prepare(
      operation, operands: operands.map(\.view), result: result.view, threads: 2)
    return kernel.runBands(Array(0..<kernel.bandCount)) ? result.elements : []
  }
}
