import Graphs
import Tensors

/// A value of the graph as the file holds it for one use: its axes in some order, under some shape.
struct StoredForm: Hashable {
  let value: Graph.Value
  let axes: [Int]
  let shape: [Int]
}

/// The operands of the current node, each in the form that an operator needs.
extension ONNXLowering {
  /// An operand as it is: images channels first.
  mutating func operand(_ index: Int) -> String {
    let value = operands[index]
    return names[value]
      ?? self.value(value, axes: Self.fileAxes(rank: graph[value].type.shape.rank))
  }

  /// An operand whose axes come in another order, and perhaps under another shape.
  ///
  /// For each axis of the result stands the one of the graph's value, such as `[3, 2, 0, 1]` for the weights
  /// `[KH, KW, I, O]` as `[O, I, KH, KW]`.
  mutating func operand(_ index: Int, axes: [Int], shape: [Int]? = nil) -> String {
    value(operands[index], axes: axes, shape: shape)
  }

  /// An operand `[C]` that meets the channels of a value of the given shape.
  mutating func channelVector(_ index: Int, of shape: TensorShape) -> String {
    let count = graph[operands[index]].type.shape.count
    return operand(index, axes: [0], shape: shape.rank == 4 ? [1, count, 1, 1] : [count])
  }

  /// Any value, see `operand(_:axes:shape:)`: a constant is stored so, another value is turned.
  mutating func value(_ value: Graph.Value, axes: [Int], shape: [Int]? = nil) -> String {
    let turned = axes.map { graph[value].type.shape[$0] }
    let form = StoredForm(value: value, axes: axes, shape: shape ?? turned)
    if let name = names[value] { return turn(name, to: form, from: turned) }
    if let name = stored[form] { return name }
    guard let tensor = constants[value] else {
      preconditionFailure("\(graph[value].name) is neither known nor constant")
    }
    let name =
      graph[value].isRoundedWeights && shape == nil
      ? addSteps(of: tensor, form) : add(tensor, form)
    stored[form] = name
    return name
  }

  private mutating func turn(_ name: String, to form: StoredForm, from turned: [Int]) -> String {
    let fileAxes = Self.fileAxes(rank: form.axes.count)
    let order = form.axes.compactMap(fileAxes.firstIndex(of:))
    var result = name
    if order != Array(order.indices) { result = add(.transpose, [result], ["perm": .ints(order)]) }
    if form.shape != turned { result = reshape(result, to: form.shape) }
    return result
  }

  private mutating func add(_ tensor: Tensor<Float>, _ form: StoredForm) -> String {
    add(
      .float32(tensor.transposed(form.axes).elements), form.shape, as: graph[form.value].name)
  }

  /// Weights that are whole steps: as bytes, with the step of each output.
  private mutating func addSteps(of tensor: Tensor<Float>, _ form: StoredForm) -> String {
    let weights = RoundedWeights(tensor)
    let name = graph[form.value].name
    let steps = add(.int8(weights.steps(axes: form.axes)), form.shape, as: "\(name)/steps")
    let sizes = add(.float32(weights.sizes), [weights.sizes.count], as: "\(name)/step")
    let zeros = add(
      .int8(weights.sizes.map { _ in 0 }), [weights.sizes.count], as: "\(name)/zero")
    let axis = form.axes.firstIndex(of: tensor.shape.rank - 1) ?? 0
    return add(.dequantizeLinear, [steps, sizes, zeros], ["axis": .int(axis)])
  }

  /// The same elements under another shape.
  mutating func reshape(_ name: String, to shape: [Int]) -> String {
    add(.reshape, [name, add(shape)])
  }
}

extension Graph.Node {
  /// Whether the value is what `WeightRounding` makes for kernels of bytes.
  fileprivate var isRoundedWeights: Bool {
    if case .operation(.weightRounding(WeightRounding(bits: 8)), _) = source { true } else { false }
  }
}

extension Tensor {
  /// The elements with the axes in another order, under the shape that follows.
  func transposed(_ axes: [Int]) -> Tensor {
    if axes == Array(axes.indices) { return self }
    let extents = axes.map { shape[$0] }
    let strides = axes.map { shape.extents[($0 + 1)...].reduce(1, *) }
    var result = Tensor(TensorShape(extents))
    withUnsafeElements { source in
      result.withUnsafeMutableElements { target in
        var place = [Int](repeating: 0, count: axes.count)
        var offset = 0
        for position in target.indices {
          target[position] = source[offset]
          // Counts up in the result's axes, the last one first.
          for axis in axes.indices.reversed() {
            place[axis] += 1
            offset += strides[axis]
            if place[axis] < extents[axis] { break }
            offset -= extents[axis] * strides[axis]
            place[axis] = 0
          }
        }
      }
    }
    return result
  }
}
