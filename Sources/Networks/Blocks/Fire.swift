import Graphs
import Tensors

/// Channels of a Fire block (Iandola et al., arXiv 1602.07360, section 3.1).
public struct FireWidths: Equatable, Sendable, Codable {
  /// Channels of the 1x1 squeeze.
  public var squeeze: Int
  /// Channels of the 1x1 expand.
  public var expand1x1: Int
  /// Channels of the 3x3 expand.
  public var expand3x3: Int

  /// A block whose two expands have the same width, as in all the published networks.
  public init(squeeze: Int, expand: Int) {
    self.squeeze = squeeze
    expand1x1 = expand
    expand3x3 = expand
  }

  /// All widths multiplied, rounded to whole channels and at least 1.
  func scaled(by factor: Double) -> FireWidths {
    var scaled = self
    scaled.squeeze = squeeze.scaled(by: factor)
    scaled.expand1x1 = expand1x1.scaled(by: factor)
    scaled.expand3x3 = expand3x3.scaled(by: factor)
    return scaled
  }
}

extension Int {
  /// A number of channels multiplied, rounded, and at least 1.
  func scaled(by factor: Double) -> Int { Swift.max(1, Int((Double(self) * factor).rounded())) }
}

extension NetworkBuilder {
  /// Squeeze by 1x1, then 1x1 and 3x3 side by side.
  mutating func fire(
    _ name: String, _ input: Graph.Value, _ widths: FireWidths
  ) throws(GraphError) -> Graph.Value {
    let squeezed = try convolutionLayer(
      "\(name)/squeeze1x1", input, channels: widths.squeeze, kernel: .one)
    return try expand(name, squeezed, widths)
  }

  /// A Fire block that doubles the columns between squeeze and expand: 1x4 transposed convolution,
  /// bias, ReLU, never normalised (BichenWuUCB/SqueezeSeg, `_fire_deconv`).
  mutating func fireDeconvolution(
    _ name: String, _ input: Graph.Value, _ widths: FireWidths
  ) throws(GraphError) -> Graph.Value {
    let squeezed = try convolutionLayer(
      "\(name)/squeeze1x1", input, channels: widths.squeeze, kernel: .one)
    let kernel = Extent(1, 4)
    let weights = try parameter(
      "\(name)/deconv/kernels", [kernel.height, kernel.width, widths.squeeze, widths.squeeze])
    let bias = try parameter("\(name)/deconv/biases", [widths.squeeze])
    let wide = try apply(
      .transposedConvolution(TransposedConvolution(kernel: kernel, stride: Extent(1, 2))),
      to: [squeezed, weights, bias], name: "\(name)/deconv/convolution")
    let active = try apply(.activation(.relu), to: [wide], name: "\(name)/deconv")
    return try expand(name, active, widths)
  }

  private mutating func expand(
    _ name: String, _ input: Graph.Value, _ widths: FireWidths
  ) throws(GraphError) -> Graph.Value {
    let pointwise = try convolutionLayer(
      "\(name)/expand1x1", input, channels: widths.expand1x1, kernel: .one)
    let spatial = try convolutionLayer(
      "\(name)/expand3x3", input, channels: widths.expand3x3, kernel: Extent(3, 3))
    return try apply(.concatenation(Concatenation()), to: [pointwise, spatial], name: name)
  }
}
