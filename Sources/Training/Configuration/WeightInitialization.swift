public import Graphs
import Randomness
import Tensors

/// The weights that a network starts with, by the parameters' names.
public enum WeightInitialization {
  /// Draws weights.
  ///
  /// Kernels are normal with a variance of 2 / inputs (He et al., arXiv 1502.01852, eq. 10), those of
  /// transposed convolutions interpolate linearly from channel to channel as the authors' do, biases
  /// are 0, normalisations change nothing. The field's matrices have the authors' magnitudes, with the
  /// sign by which neighbours of another class speak against a class.
  ///
  /// - Parameters:
  ///   - graph: the network.
  ///   - seed: other seeds give other weights.
  /// - Returns: a tensor for every parameter.
  public static func weights(for graph: Graph, seed: UInt64) -> ParameterValues {
    let key = RandomKey(seed: seed)
    var values: ParameterValues = [:]
    for (position, node) in graph.parameters.enumerated() {
      values[node.name] = tensor(
        node.name, node.type.shape, key.key(.weights, position).stream)
    }
    return values
  }

  private static func tensor(
    _ name: String, _ shape: TensorShape, _ stream: RandomStream
  ) -> Tensor<Float> {
    var stream = stream
    if name.hasSuffix("/deconv/kernels") { return interpolation(shape) }
    if name.hasSuffix("/angular_compatibility_matrix") { return matrix(shape, -0.02) }
    if name.hasSuffix("/bilateral_compatibility_matrix") { return matrix(shape, -0.1) }
    if name.hasSuffix("/gamma") || name.hasSuffix("/moving_var") {
      return Tensor(shape, repeating: 1)
    }
    guard name.hasSuffix("/kernels"), shape.rank > 2 else { return Tensor(shape) }
    // A convolution of each channel by itself has weights of rank 3 and one input to each output.
    let inputs = shape[0] * shape[1] * (shape.rank == 4 ? shape[2] : 1)
    let deviation = (2 / Float(inputs)).squareRoot()
    return Tensor(shape, (0..<shape.count).map { _ in stream.normal(0, deviation) })
  }

  /// Weights `[KH, KW, C, C]` by which each channel is interpolated between the columns, and the rows.
  private static func interpolation(_ shape: TensorShape) -> Tensor<Float> {
    let channels = min(shape[2], shape[3])
    let (rows, columns) = (shares(ofTaps: shape[0]), shares(ofTaps: shape[1]))
    var tensor = Tensor<Float>(shape)
    for (tap, share) in rows.flatMap({ row in columns.map { row * $0 } }).enumerated() {
      for channel in 0..<channels {
        tensor[(tap * shape[2] + channel) * shape[3] + channel] = share
      }
    }
    return tensor
  }

  /// What each tap gives to a cell between two others; where one or two taps are all there are, each cell has
  /// one of them for itself.
  private static func shares(ofTaps count: Int) -> [Float] {
    guard count > 2 else { return Array(repeating: 1, count: count) }
    return (0..<count).map { tap in
      max(0, 1 - abs(Float(tap) - Float(count - 1) / 2) / (Float(count) / 2))
    }
  }

  /// One value beside the diagonal, 0 on it.
  private static func matrix(_ shape: TensorShape, _ value: Float) -> Tensor<Float> {
    Tensor(
      shape,
      (0..<shape.count).map { $0 / shape.channels == $0 % shape.channels ? 0 : value })
  }
}
