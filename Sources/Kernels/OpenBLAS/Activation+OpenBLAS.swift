import Graphs
import Tensors

extension Activation {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let input = operands[0]
    let runs = Runs(input, result)
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.activation.\(rawValue)", bandCount: bands.count) { band, _ in
      runs.forEach(in: bands[band]) { pixel, count in
        let value = input.pixel(pixel)
        switch self {
        case .relu: fill(count, result.pixel(pixel)) { $0[value].rectified }
        case .sigmoid: fill(count, result.pixel(pixel)) { $0[value].sigmoid }
        }
      }
    }
  }
}

extension Softmax {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let input = operands[0]
    let runs = Runs(result)
    let channels = result.channels
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.softmax", bandCount: bands.count) { band, _ in
      for pixel in bands[band] { Self.lower(input.pixel(pixel), result.pixel(pixel), channels) }
      runs.forEach(in: bands[band]) { pixel, count in
        let value = result.pixel(pixel)
        fill(count, value) { $0[value].exponential }
      }
      for pixel in bands[band] { Self.normalize(result.pixel(pixel), channels) }
    }
  }

  /// Subtracts a pixel's greatest value, so that no exponential overflows.
  private static func lower(_ value: Floats, _ lowered: Floats, _ channels: Int) {
    var greatest = value[0]
    for channel in 1..<max(1, channels) {
      greatest = greatest < value[channel] ? value[channel] : greatest
    }
    fill(channels, lowered) { $0[value] - Lanes(repeating: greatest) }
  }

  /// Makes a pixel's values sum to 1.
  private static func normalize(_ value: Floats, _ channels: Int) {
    var sum: Float = 0
    for channel in 0..<channels { sum += value[channel] }
    let scale = Lanes(repeating: 1 / sum)
    fill(channels, value) { $0[value] * scale }
  }
}
