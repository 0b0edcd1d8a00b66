import Graphs
import Tensors
import Testing

/// The golden case of every operation of SqueezeSeg and SqueezeSegV2.
@Suite struct KernelsGoldenTests {
  @Test(
    arguments: [
      ("conv2d_same_1x1", Extent(1, 1), 1), ("conv2d_same_3x3_s1", Extent(3, 3), 1),
      ("conv2d_same_3x3_s1x2_even", Extent(3, 3), 2), ("conv2d_same_3x3_s1x2_odd", Extent(3, 3), 2),
    ], KernelsEngine.all)
  func convolutionsAgree(
    _ golden: (name: String, kernel: Extent, step: Int), _ engine: KernelsEngine
  ) throws {
    let data = try KernelsGolden(golden.name)
    let result = try engine.run(
      .convolution(Convolution(kernel: golden.kernel, stride: Extent(1, golden.step))),
      [data.input("x").image, data.input("kernel_oihw").kernel, data.input("bias").plain])
    let isFiltered = golden.kernel == Extent(3, 3) && golden.step == 1
    try expectEqual(
      result, data.output("y").image, engine,
      tolerance: isFiltered ? engine.filteredTolerance : engine.tolerance)
  }

  @Test(arguments: KernelsEngine.all)
  func theTransposedConvolutionAgrees(_ engine: KernelsEngine) throws {
    let data = try KernelsGolden("deconv_1x4_s2")
    let up = TransposedConvolution(kernel: Extent(1, 4), stride: Extent(1, 2))
    let result = try engine.run(
      .transposedConvolution(up),
      [
        data.input("x").image, data.input("kernel_iohw").transposedKernel,
        data.input("bias").plain,
      ])
    try expectEqual(result, data.output("y").image, engine)
  }

  @Test(
    arguments: [("maxpool_3x3_s1x2", 3, 2), ("maxpool_7x7_s1", 7, 1)], KernelsEngine.all)
  func poolsAgree(_ golden: (name: String, size: Int, step: Int), _ engine: KernelsEngine) throws {
    let data = try KernelsGolden(golden.name)
    let pool = MaxPooling(
      kernel: Extent(golden.size, golden.size), stride: Extent(1, golden.step))
    let result = try engine.run(.maxPooling(pool), [data.input("x").image])
    try expectEqual(result, data.output("y").image, engine)
  }

  @Test(arguments: KernelsEngine.all)
  func batchNormalizationByMovingStatisticsAgrees(_ engine: KernelsEngine) throws {
    let data = try KernelsGolden("batchnorm")
    let vectors = try ["gamma", "beta", "moving_mean", "moving_var"].map {
      try data.input($0).plain
    }
    let result = try engine.run(
      .batchNormalization(BatchNormalization(epsilon: 1e-5)), [data.input("x").image] + vectors)
    try expectEqual(result, data.output("y_eval").image, engine)
  }

  @Test(arguments: KernelsEngine.all)
  func contextAggregationAgrees(_ engine: KernelsEngine) throws {
    let data = try KernelsGolden("cam")
    let image = try data.input("x").image
    let pooled = try engine.run(
      .maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one)), [image])
    let squeezed = try engine.run(
      .convolution(Convolution(kernel: .one, epilogue: Epilogue(activation: .relu))),
      [pooled, data.input("w_squeeze").kernel, data.input("b_squeeze").plain])
    let gate = try engine.run(
      .convolution(Convolution(kernel: .one, epilogue: Epilogue(activation: .sigmoid))),
      [squeezed, data.input("w_excite").kernel, data.input("b_excite").plain])
    try expectEqual(gate, data.output("gate").image, engine)
    let result = try engine.run(.combination(.product), [image, gate])
    try expectEqual(result, data.output("y").image, engine)
  }

  @Test(arguments: [(1, "iter1"), (2, "iter2"), (3, "out")], KernelsEngine.all)
  func theRecurrentFieldAgreesAfterEveryIteration(
    _ golden: (iterations: Int, name: String), _ engine: KernelsEngine
  ) throws {
    let data = try KernelsGolden("recurrent_crf")
    let result = try engine.run(
      .recurrentCRF(RecurrentCRF(iterations: golden.iterations)),
      [
        data.input("logits").image, data.input("xyz").image, data.input("mask").image,
        data.input("angular").plain, data.input("bilateral").plain,
      ])
    try expectEqual(result, data.output(golden.name).image, engine)
  }

  private func expectEqual(
    _ result: Tensor<Double>, _ expected: Tensor<Double>, _ engine: KernelsEngine,
    tolerance: Double? = nil
  ) throws {
    #expect(result.shape == expected.shape)
    let errors = zip(result.elements, expected.elements).map { abs($0 - $1) / max(1, abs($1)) }
    let greatest = try #require(errors.max())
    #expect(greatest <= tolerance ?? engine.tolerance)
  }
}
