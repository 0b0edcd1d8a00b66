import Graphs
import Tensors

/// Windows and arrangements.
extension CLowering {
  mutating func lower(_ aggregation: ContextAggregation, _ node: CNode) throws(ExportError) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let (squeeze, excitation) = (
      try constant(node.operands[1], of: node), try constant(node.operands[3], of: node)
    )
    let inner = (squeeze.shape.channels + 3) / 4 * 4
    let depth = (image.channels + 3) / 4 * 4
    let isBytes = image.type.element == .uint8
    let window = aggregation.window
    let ringCount = (window.width + (isBytes ? 1 : 0)) * image.channels
    let memory = scratch(
      ringCount * image.type.element.byteCount, 4 * depth * (isBytes ? 2 : 4), 16 * inner)
    let first = try product(
      named: "squeeze", squeeze, taps: [0], over: image.type,
      CEnding(
        bias: place(of: node.operands[2]), activation: name(of: .relu),
        target: "{FLOATS(\(memory[2])), \(inner), 0.0f, 0.0f}"), of: node)
    let second = try product(
      named: "excitation", excitation, taps: [0], over: TensorType(result.type.shape),
      CEnding(
        bias: place(of: node.operands[4]), activation: name(of: .sigmoid), factor: image,
        target: result.target), of: node)
    let (above, before) = ((window.height - 1) / 2, (window.width - 1) / 2)
    let size = image.type.shape
    use(isBytes ? .aggregateU8 : .aggregateF32)
    let call =
      if let quantization = image.type.quantization {
        """
        aggregate_u8(&aggregation, \(image.pointer), \(quantization.zero), BYTES(\(memory[0])),
                     SHORTS(\(memory[1])), FLOATS(\(memory[2])));
        """
      } else {
        """
        aggregate_f32(&aggregation, \(image.pointer), FLOATS(\(memory[0])), FLOATS(\(memory[1])),
                      FLOATS(\(memory[2])));
        """
      }
    add(
      node,
      """
      \(first.declaration)
      \(second.declaration)
      const struct aggregation aggregation = {
        .images = \(size[0]), .height = \(size[1]), .width = \(size[2]),
        .above = \(above), .below = \(window.height - 1 - above),
        .before = \(before), .behind = \(window.width - 1 - before),
        .channels = \(image.channels), .stride = \(image.stride),
        .squeeze = &squeeze, .excitation = &excitation,
      };
      \(call)
      """)
  }

  mutating func lower(_ pooling: MaxPooling, _ node: CNode) throws(ExportError) {
    guard !pooling.storesPlaces else {
      throw Self.unsupported(
        node.operation, node: node.name, "stores places, which only training needs")
    }
    let image = place(of: node.operands[0])
    let window = CWindow(kernel: pooling.kernel, stride: pooling.stride, over: image.type.shape)
    let isBytes = image.type.element == .uint8
    use(isBytes ? .poolMaxU8 : .poolMaxF32)
    add(node, slide("pool_max_\(isBytes ? "u8" : "f32")", window, image, place(of: node.value)))
  }

  mutating func lower(_ pooling: AveragePooling, _ node: CNode) {
    let image = place(of: node.operands[0])
    let window = CWindow(kernel: pooling.kernel, stride: pooling.stride, over: image.type.shape)
    use(.poolMeanF32)
    add(node, slide("pool_mean_f32", window, image, place(of: node.value)))
  }

  private func slide(
    _ function: String, _ window: CWindow, _ image: CPlace, _ result: CPlace
  ) -> String {
    """
    \(window.declaration)
    \(function)(&window, \(image.pointer), \(image.stride), \(image.channels), \(result.pointer),
      \(result.stride));
    """
  }

  mutating func lower(_ upsampling: Upsampling, _ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let size = image.type.shape
    use(.upsampleF32)
    add(
      node,
      """
      upsample_f32(\(image.pointer), \(image.stride), \(size[0]), \(size[1]), \(size[2]), \(size[3]),
                   \(upsampling.factor.height), \(upsampling.factor.width), \(result.pointer),
                   \(result.stride));
      """)
  }

  mutating func lower(_ shift: Shift, _ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let steps = (0..<image.channels).map { channel in
      let step = shift.step(ofChannel: channel, of: image.channels)
      return CWindow.Tap(y: step.rows, x: step.columns)
    }
    use(.shiftF32)
    add(
      node,
      """
      \(CWindow(over: image.type.shape, taps: []).declaration)
      \(CWindow.declaration(of: steps, named: "steps"))
      shift_f32(&window, \(image.pointer), \(image.stride), \(image.channels), steps,
                \(result.pointer), \(result.stride));
      """)
  }

  mutating func lower(_ shuffle: ChannelShuffle, _ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    use(.shuffleF32)
    add(
      node,
      """
      shuffle_f32(\(image.pointer), \(image.stride), \(image.pixelCount), \(shuffle.groupCount),
                  \(image.channels / shuffle.groupCount), \(result.pointer), \(result.stride));
      """)
  }

  /// Parts that do not lie in the whole already are copied there.
  mutating func lowerConcatenation(_ node: CNode) {
    let whole = place(of: node.value)
    var copies: [String] = []
    var channel = 0
    for operand in node.operands {
      let part = place(of: operand)
      if !part.lies(at: whole, channel: channel) {
        let target = CPlace(
          memory: whole.memory, channelOffset: whole.channelOffset + channel,
          stride: whole.stride, type: part.type)
        copies.append(copy(part, to: target))
      }
      channel += part.channels
    }
    if !copies.isEmpty { add(node, copies.joined(separator: "\n")) }
  }

  /// The statement that copies a value of the same type.
  mutating func copy(_ from: CPlace, to target: CPlace) -> String {
    let isBytes = from.type.element == .uint8
    use(isBytes ? .copyU8 : .copyF32)
    return """
      copy_\(isBytes ? "u8" : "f32")(\(from.pointer), \(from.stride), \(from.pixelCount),
        \(from.channels), \(target.pointer), \(target.stride));
      """
  }

  /// The statements that store a value in another way.
  mutating func convert(_ from: CPlace, to target: CPlace) -> String {
    if from.type.quantization == target.type.quantization { return copy(from, to: target) }
    use(.convert)
    return """
      const struct image image = \(from.image);
      const struct target target = \(target.target);
      convert(&image, \(from.pixelCount), \(from.channels), &target);
      """
  }
}
