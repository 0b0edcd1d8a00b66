import Graphs
import Kernels
import Tensors
import Testing

struct CorrelationAlignmentGoldenTests {
  /// Source pixels, then target pixels, as one image of one row.
  private struct Pixels {
    let features: Tensor<Double>
    let domains: Tensor<Double>
    let sourceCount: Int

    init(_ golden: KernelsGolden) throws {
      let (source, target) = (try golden.input("Xs"), try golden.input("Xt"))
      let channels = source.shape[1]
      let first = source.shape[0]
      sourceCount = first
      let count = first + target.shape[0]
      features = Tensor([1, 1, count, channels], source.data + target.data)
      domains = Tensor([1, 1, count, 1], (0..<count).map { $0 < first ? 1 : 2 })
    }
  }

  @Test(arguments: ["geodesic_align_d4", "geodesic_align_d8"])
  func theLogEuclideanLossAndItsGradientAgree(_ name: String) throws {
    let golden = try KernelsGolden(name)
    let pixels = try Pixels(golden)
    let loss = try ReferenceKernels.evaluate(
      .correlationAlignment(CorrelationAlignment()), [pixels.features, pixels.domains])
    let expected = try golden.output("loss").data[0]
    #expect(abs(loss.elements[0] - expected) < 1e-10 * max(1, expected))
    let gradient = try ReferenceKernels.evaluate(
      .correlationAlignmentGradient(
        CorrelationAlignmentGradient(metric: .logEuclidean, ridge: 1e-6)),
      [pixels.features, pixels.domains, Tensor([1], [1])])
    let wanted = try golden.output("dXs").data + golden.output("dXt").data
    for (found, wanted) in zip(gradient.elements, wanted) { #expect(abs(found - wanted) < 1e-9) }
  }

  @Test(arguments: ["geodesic_align_d4", "geodesic_align_d8"])
  func theOtherDistancesAgree(_ name: String) throws {
    let golden = try KernelsGolden(name)
    let pixels = try Pixels(golden)
    let plain = try ReferenceKernels.evaluate(
      .correlationAlignment(CorrelationAlignment(metric: .euclidean)),
      [pixels.features, pixels.domains])
    #expect(abs(plain.elements[0] - (try golden.output("coral").data[0])) < 1e-10)
    let gradient = try ReferenceKernels.evaluate(
      .correlationAlignmentGradient(CorrelationAlignmentGradient(metric: .euclidean, ridge: 0)),
      [pixels.features, pixels.domains, Tensor([1], [1])])
    for (found, wanted) in zip(gradient.elements, try golden.output("coral_dXs").data) {
      #expect(abs(found - wanted) < 1e-10)
    }
    let geodesic = try ReferenceKernels.evaluate(
      .correlationAlignment(CorrelationAlignment(metric: .geodesic)),
      [pixels.features, pixels.domains])
    let channels = Double(pixels.features.shape.channels)
    let distance = (geodesic.elements[0] * 4 * channels * channels).squareRoot()
    #expect(abs(distance - (try golden.output("affine_invariant_distance").data[0])) < 1e-6)
  }
}
