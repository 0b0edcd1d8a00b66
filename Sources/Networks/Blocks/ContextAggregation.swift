import Graphs

extension NetworkBuilder {
  /// The context aggregation module (Wu et al., arXiv 1809.08495, section III-A): the maximum over
  /// 7x7 cells, squeezed and excited by 1x1 convolutions, weighs each element of the input.
  ///
  /// Its convolutions are never normalised; `reduction` divides the channels in between.
  mutating func contextAggregation(
    _ name: String, _ input: Graph.Value, reduction: Int
  ) throws(GraphError) -> Graph.Value {
    let count = channels(input)
    let pooled = try apply(
      .maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one)), to: [input],
      name: "\(name)/pool")
    let squeezed = try convolution(
      "\(name)/squeeze", pooled, channels: max(1, count / reduction), kernel: .one,
      result: "\(name)/squeeze/convolution")
    let active = try apply(.activation(.relu), to: [squeezed], name: "\(name)/squeeze")
    let excited = try convolution(
      "\(name)/excitation", active, channels: count, kernel: .one,
      result: "\(name)/excitation/convolution")
    let gate = try apply(.activation(.sigmoid), to: [excited], name: "\(name)/excitation")
    return try apply(.combination(.product), to: [input, gate], name: name)
  }
}
