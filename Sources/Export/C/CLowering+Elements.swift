import Graphs
import Tensors

/// Functions of single elements and pixels.
extension CLowering {
  mutating func lowerAffine(_ node: CNode) {
    let places = node.operands.map { place(of: $0) }
    use(.affineF32)
    add(
      node, call("affine_f32", node, "\(places[1].pointer), \(places[2].pointer)"))
  }

  mutating func lower(_ activation: Activation, _ node: CNode) {
    use(.activateF32)
    add(node, call("activate_f32", node, name(of: activation)))
  }

  mutating func lower(_ scaling: Scaling, _ node: CNode) {
    use(.scaleF32)
    add(node, call("scale_f32", node, Float(scaling.factor).cLiteral))
  }

  mutating func lowerSoftmax(_ node: CNode) {
    use(.softmaxF32)
    add(node, call("softmax_f32", node))
  }

  mutating func lower(_ combination: Combination, _ node: CNode) {
    let (a, b) = (place(of: node.operands[0]), place(of: node.operands[1]))
    let result = place(of: node.value)
    let steps =
      switch Combination.broadcast(b.type.shape, to: a.type.shape) {
      case .elements: (b.stride, 1)
      case .channels: (0, 1)
      case .pixels: (b.stride, 0)
      case nil: preconditionFailure("\(b.type) does not meet \(a.type)")
      }
    use(.combineF32)
    add(
      node,
      """
      combine_f32(\(combination.rawValue.uppercased()), \(a.pointer), \(a.stride), \(b.pointer),
                  \(steps.0), \(steps.1), \(a.pixelCount), \(a.channels), \(result.pointer),
                  \(result.stride));
      """)
  }

  mutating func lower(_ summation: Summation, _ node: CNode) {
    switch summation {
    case .pixels:
      let (image, result) = (place(of: node.operands[0]), place(of: node.value))
      use(.sumPixelsF32)
      add(
        node,
        """
        sum_pixels_f32(\(image.pointer), \(image.stride), \(image.pixelCount), \(image.channels),
                       \(result.pointer));
        """)
    case .channels:
      use(.sumChannelsF32)
      add(node, call("sum_channels_f32", node))
    }
  }

  mutating func lowerReshaping(_ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    use(.reshapeF32)
    add(
      node,
      """
      reshape_f32(\(image.pointer), \(image.stride), \(image.channels), \(result.pointer),
                  \(result.stride), \(result.channels), \(image.type.shape.count));
      """)
  }

  /// The call of a function that goes from pixel to pixel.
  private mutating func call(
    _ function: String, _ node: CNode, _ attributes: String? = nil
  ) -> String {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    return """
      \(function)(\(image.pointer), \(image.stride), \(image.pixelCount), \(image.channels),
        \(attributes.map { "\($0), " } ?? "")\(result.pointer), \(result.stride));
      """
  }
}
