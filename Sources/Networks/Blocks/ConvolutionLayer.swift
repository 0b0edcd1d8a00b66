import Graphs
import Tensors

extension NetworkBuilder {
  /// Convolution, bias, ReLU and, where the network normalises, batch normalisation in its order.
  mutating func convolutionLayer(
    _ name: String, _ input: Graph.Value, channels count: Int, kernel: Extent,
    stride: Extent = .one
  ) throws(GraphError) -> Graph.Value {
    let sums = try convolution(
      name, input, channels: count, kernel: kernel, stride: stride, result: "\(name)/convolution")
    return try activated(name, sums)
  }

  /// Each channel convolved by itself, normalised and, unless told otherwise, activated.
  mutating func depthwiseLayer(
    _ name: String, _ input: Graph.Value, kernel: Extent, dilation: Extent = .one,
    isActive: Bool = true
  ) throws(GraphError) -> Graph.Value {
    let weights = try parameter(
      "\(name)/kernels", [kernel.height, kernel.width, channels(input)])
    let sums = try apply(
      .depthwiseConvolution(DepthwiseConvolution(kernel: kernel, dilation: dilation)),
      to: [input, weights], name: "\(name)/convolution")
    return isActive ? try activated(name, sums) : try normalization(name, sums, result: name)
  }

  /// A 1x1 convolution, normalised where the network normalises, without an activation.
  mutating func projection(
    _ name: String, _ input: Graph.Value, channels count: Int
  ) throws(GraphError) -> Graph.Value {
    guard order != nil else {
      return try convolution(name, input, channels: count, kernel: .one, result: name)
    }
    let sums = try convolution(
      name, input, channels: count, kernel: .one, result: "\(name)/convolution")
    return try normalization(name, sums, result: name)
  }

  /// ReLU and, where the network normalises, batch normalisation in its order.
  private mutating func activated(
    _ name: String, _ sums: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    switch order {
    case nil:
      return try apply(.activation(.relu), to: [sums], name: name)
    case .activationThenNormalization:
      let active = try apply(.activation(.relu), to: [sums], name: "\(name)/relu")
      return try normalization(name, active, result: name)
    case .normalizationThenActivation:
      let normal = try normalization(name, sums, result: "\(name)/normalization")
      return try apply(.activation(.relu), to: [normal], name: name)
    }
  }

  /// Convolution and bias alone; the node is called `result`.
  mutating func convolution(
    _ name: String, _ input: Graph.Value, channels count: Int, kernel: Extent,
    stride: Extent = .one, result: String
  ) throws(GraphError) -> Graph.Value {
    let weights = try parameter(
      "\(name)/kernels", [kernel.height, kernel.width, channels(input), count])
    let bias = try parameter("\(name)/biases", [count])
    return try apply(
      .convolution(Convolution(kernel: kernel, stride: stride)), to: [input, weights, bias],
      name: result)
  }

  private mutating func normalization(
    _ name: String, _ input: Graph.Value, result: String
  ) throws(GraphError) -> Graph.Value {
    let shape: TensorShape = [channels(input)]
    let gamma = try parameter("\(name)/gamma", shape)
    let beta = try parameter("\(name)/beta", shape)
    let mean = try parameter("\(name)/moving_mean", shape, .statistic)
    let variance = try parameter("\(name)/moving_var", shape, .statistic)
    return try apply(
      .batchNormalization(BatchNormalization()), to: [input, gamma, beta, mean, variance],
      name: result)
  }
}
