import Glibc
import Graphs
import Tensors

/// Sums over the cells around each cell, and the random field that is made of them.
extension CLowering {
  mutating func lower(_ sum: NeighbourSum, _ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let taps = CWindow.neighbours(sum.window)
    let weights = add(floats: Self.weights(taps, sum.widths), node.name)
    use(.sumNeighboursF32)
    add(
      node,
      """
      \(CWindow(over: image.type.shape, taps: taps).declaration)
      sum_neighbours_f32(&window, \(image.pointer), \(image.stride), \(image.channels), \(weights),
                         \(result.pointer), \(result.stride));
      """)
  }

  mutating func lower(_ sum: BilateralSum, _ node: CNode) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let taps = CWindow.neighbours(sum.window)
    let points = points(node.operands[1], mask: node.operands[2], widths: sum.widths, node)
    use(.sumNearF32)
    add(
      node,
      """
      \(CWindow(over: image.type.shape, taps: taps).declaration)
      \(points)
      sum_near_f32(&window, &points, \(image.pointer), \(image.stride), \(image.channels),
                   \(result.pointer), \(result.stride));
      """)
  }

  mutating func lower(_ field: RecurrentCRF, _ node: CNode) throws(ExportError) {
    let (image, result) = (place(of: node.operands[0]), place(of: node.value))
    let compatibilities = [place(of: node.operands[3]), place(of: node.operands[4])]
    guard compatibilities.allSatisfy({ $0.stride == $0.channels }) else {
      throw Self.unsupported(node.operation, node: node.name, "takes a part of another matrix")
    }
    let taps = CWindow.neighbours(field.window)
    let weights = [field.angular, field.bilateralAngular].map { widths in
      add(floats: Self.weights(taps, widths), node.name)
    }
    let points = points(node.operands[1], mask: node.operands[2], widths: field.bilateral, node)
    let memory = scratch(4 * result.type.shape.count)[0]
    use(.refineF32)
    add(
      node,
      """
      \(CWindow(over: image.type.shape, taps: taps).declaration)
      \(points)
      const struct field field = {
        .iterations = \(field.iterations), .classes = \(image.channels),
        .angular = \(weights[0]),
        .bilateral_angular = \(weights[1]),
        .angular_compatibility = \(compatibilities[0].pointer),
        .bilateral_compatibility = \(compatibilities[1].pointer),
      };
      refine_f32(&window, &field, &points, \(image.pointer), \(image.stride), FLOATS(\(memory)),
                 \(result.pointer), \(result.stride));
      """)
  }

  /// A Gaussian of the distance in cells, for each tap and class.
  private static func weights(_ taps: [CWindow.Tap], _ widths: [Double]) -> [Float] {
    taps.flatMap { tap in
      widths.map { Float(exp(-Double(tap.y * tap.y + tap.x * tap.x) / (2 * $0 * $0))) }
    }
  }

  /// The declaration of a `struct points`.
  private mutating func points(
    _ positions: Graph.Value, mask: Graph.Value, widths: [Double], _ node: CNode
  ) -> String {
    let (positions, mask) = (place(of: positions), place(of: mask))
    let spreads = add(floats: widths.map { Float(2 * $0 * $0) }, node.name)
    return """
      const struct points points = {
        .positions = \(positions.pointer), .stride = \(positions.stride),
        .mask = \(mask.pointer), .mask_stride = \(mask.stride), .spreads = \(spreads),
      };
      """
  }
}
