import Graphs
import Tensors

extension Concatenation {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let moves = zip(operands, Self.places(of: operands, in: result)).filter { !$0.lies(at: $1) }
    let bands = Bands.streaming(result, threads: threads)
    let bandCount = moves.isEmpty ? 0 : bands.count
    return PreparedKernel("openblas.concatenation", bandCount: bandCount) { band, _ in
      for (operand, place) in moves { operand.copy(bands[band], to: place) }
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
