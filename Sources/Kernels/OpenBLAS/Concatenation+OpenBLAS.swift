import Graphs
import Tensors

extension Concatenation {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let places = Self.places(of: operands, in: result)
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.concatenation", bandCount: bands.count) { band, _ in
      for (operand, place) in zip(operands, places) { operand.copy(bands[band], to: place) }
    }
  }
}

extension ChannelSlice {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let slice = operands[0].channels(from: first, count: count)
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.channelSlice", bandCount: bands.count) { band, _ in
      slice.copy(bands[band], to: result)
    }
  }
}
