import Graphs
import Tensors

/// What follows the sums of a product, as the initialiser of a `struct ending`.
struct CEnding {
  var bias: CPlace?
  var activation = "IDENTITY"
  var scale: CPlace?
  var shift: CPlace?
  var addend: CPlace?
  var factor: CPlace?
  /// A `struct target`.
  var target: String

  /// Fields that say something, one on each line.
  var initializer: String {
    let fields = [
      bias.map { ".bias = \($0.pointer)" }, ".activation = \(activation)",
      scale.map { ".scale = \($0.pointer)" }, shift.map { ".shift = \($0.pointer)" },
      addend.map { ".addend = \($0.image)" }, factor.map { ".factor = \($0.image)" },
      ".result = \(target)",
    ]
    return "{\n    \(fields.compactMap { $0 }.joined(separator: ",\n    ")),\n  }"
  }
}

extension CLowering {
  /// An epilogue with its operands.
  mutating func ending(
    _ epilogue: Epilogue, _ operands: some Collection<Graph.Value>, to result: CPlace
  ) -> CEnding {
    let operands = epilogue.split(operands)
    return CEnding(
      bias: operands.bias.map { place(of: $0) }, activation: name(of: epilogue.activation),
      scale: operands.scale.map { place(of: $0) }, shift: operands.shift.map { place(of: $0) },
      addend: operands.addend.map { place(of: $0) }, factor: operands.factor.map { place(of: $0) },
      target: result.target)
  }

  /// The declaration of a `struct product`, and its depth; where what is multiplied is bytes, the weights
  /// are whole multiples of steps.
  ///
  /// - Throws: `.unsupported` where sums of whole numbers could exceed 32 bits.
  mutating func product(
    named name: String = "product", _ weights: Tensor<Float>, taps: [Int], over image: TensorType,
    _ ending: CEnding, of node: CNode
  ) throws(ExportError) -> (declaration: String, depth: Int) {
    let packed = CPackedWeights(weights, taps: taps)
    var fields: [String]
    if let quantization = image.quantization {
      guard packed.depth <= Int(Int32.max) / (255 * 127) else {
        throw Self.unsupported(
          node.operation, node: node.name, "adds up \(packed.depth) products of bytes at once")
      }
      let steps = weights.byteSteps
      var rescale = steps.map { $0 * quantization.scale }
      while rescale.count % 4 != 0 { rescale.append(0) }
      let comment = "\(node.name): what a step stands for"
      fields = [
        ".weights = \(add(bytes: packed.bytes(steps: steps), node.name))",
        ".rescale = \(add(floats: rescale, comment))",
      ]
    } else {
      fields = [".weights = \(add(floats: packed.floats, node.name))"]
    }
    fields += [".depth = \(packed.depth)", ".channels = \(weights.shape.channels)"]
    return (
      """
      const struct product \(name) = {
        \(fields.joined(separator: ", ")),
        .ending = \(ending.initializer),
      };
      """, packed.depth
    )
  }
}
