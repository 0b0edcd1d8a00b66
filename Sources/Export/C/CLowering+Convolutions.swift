import Graphs
import Tensors

extension CLowering {
  mutating func lower(_ convolution: Convolution, _ node: CNode) throws(ExportError) {
    let image = place(of: node.operands[0])
    let weights = try constant(node.operands[1], of: node)
    var window = CWindow(
      kernel: convolution.kernel, stride: convolution.stride, over: image.type.shape)
    if let groups = convolution.shift?.groups(of: image.channels) {
      window = CWindow(
        over: image.type.shape,
        taps: groups.map { group in
          CWindow.Tap(
            y: group.rows, x: group.columns, first: group.channels.lowerBound,
            count: group.channels.count)
        })
    } else if convolution.kernel == .one, convolution.stride == .one {
      window = window.flattened()
    }
    let ending = ending(
      convolution.epilogue, node.operands.dropFirst(2), to: place(of: node.value))
    add(
      node,
      try convolve(
        image, window, weights,
        weightTaps: Array(0..<convolution.kernel.height * convolution.kernel.width),
        ending, node))
  }

  /// Output cells that are as many steps apart meet the same taps: each such set is a convolution.
  mutating func lower(_ convolution: TransposedConvolution, _ node: CNode) throws(ExportError) {
    let image = place(of: node.operands[0])
    let result = place(of: node.value)
    let weights = try constant(node.operands[1], of: node)
    let ending = ending(convolution.epilogue, node.operands.dropFirst(2), to: result)
    let size = Extent(result.type.shape[1], result.type.shape[2])
    var blocks: [String] = []
    for y in 0..<min(convolution.stride.height, size.height) {
      for x in 0..<min(convolution.stride.width, size.width) {
        let phase = convolution.phase(Extent(y, x), of: size, over: image.type.shape)
        let block = try convolve(
          image, phase.window, weights, weightTaps: phase.weightTaps, ending, node)
        blocks.append("{\n\(block.indented)\n}")
      }
    }
    add(node, blocks.joined(separator: "\n"))
  }

  mutating func lower(_ convolution: DepthwiseConvolution, _ node: CNode) throws(ExportError) {
    let image = place(of: node.operands[0])
    let weights = try constant(node.operands[1], of: node)
    let window = CWindow(
      kernel: convolution.kernel, stride: convolution.stride, dilation: convolution.dilation,
      over: image.type.shape)
    let ending = ending(
      convolution.epilogue, node.operands.dropFirst(2), to: place(of: node.value))
    use(.convolveChannels)
    add(
      node,
      """
      \(window.declaration)
      const struct image image = \(image.image);
      const struct ending ending = \(ending.initializer);
      convolve_channels(&window, &image, \(image.channels),
                        \(add(floats: weights.elements, node.name)), &ending);
      """)
  }

  /// The statements of one convolution, whose taps meet some of the weights.
  private mutating func convolve(
    _ image: CPlace, _ window: CWindow, _ weights: Tensor<Float>, weightTaps: [Int],
    _ ending: CEnding, _ node: CNode
  ) throws(ExportError) -> String {
    let (declaration, depth) = try self.product(
      weights, taps: weightTaps, over: image.type, ending, of: node)
    let call: String
    if let quantization = image.type.quantization {
      use(.convolveU8)
      let scratch = self.scratch(8 * depth)[0]
      call = """
        convolve_u8(&window, &product, \(image.pointer), \(image.stride), \(image.channels),
                    \(quantization.zero), SHORTS(\(scratch)));
        """
    } else {
      use(.convolveF32)
      let scratch = self.scratch(16 * depth)[0]
      call = """
        convolve_f32(&window, &product, \(image.pointer), \(image.stride), \(image.channels),
                     FLOATS(\(scratch)));
        """
    }
    return "\(window.declaration)\n\(declaration)\n\(call)"
  }
}

extension TransposedConvolution {
  /// The convolution that makes every so many-th cell of the result, from a first one on: its window and
  /// which of the weights its taps meet.
  fileprivate func phase(
    _ first: Extent, of size: Extent, over image: TensorShape
  ) -> (window: CWindow, weightTaps: [Int]) {
    let (rows, columns) = crops(to: size)
    var taps: [CWindow.Tap] = []
    var weightTaps: [Int] = []
    for ky in 0..<kernel.height {
      for kx in 0..<kernel.width {
        let (y, x) = (first.height + rows.before - ky, first.width + columns.before - kx)
        guard y.isMultiple(of: stride.height), x.isMultiple(of: stride.width) else { continue }
        taps.append(CWindow.Tap(y: y / stride.height, x: x / stride.width))
        weightTaps.append(ky * kernel.width + kx)
      }
    }
    var window = CWindow(over: image, taps: taps)
    window.resultSize = size
    window.first = first
    window.apart = stride
    window.computed = Extent(
      (size.height - first.height + stride.height - 1) / stride.height,
      (size.width - first.width + stride.width - 1) / stride.width)
    return (window, weightTaps)
  }
}
