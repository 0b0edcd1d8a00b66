import Graphs
import Tensors

extension ActivationGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, value) = (operands[0], operands[1])
    let runs = Runs(given, value, result)
    let bands = Bands.streaming(result, threads: threads)
    let name = "openblas.activationGradient.\(activation.rawValue)"
    return PreparedKernel(name, bandCount: bands.count) { band, _ in
      runs.forEach(in: bands[band]) { pixel, count in
        let (gradient, y) = (given.pixel(pixel), value.pixel(pixel))
        switch activation {
        case .relu:
          fill(count, result.pixel(pixel)) {
            $0[gradient].replacing(with: 0, where: .!($0[y] .> 0))
          }
        case .sigmoid:
          fill(count, result.pixel(pixel)) { $0[gradient] * ($0[y] * (1 - $0[y])) }
        }
      }
    }
  }
}

extension SoftmaxGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, value, channels) = (operands[0], operands[1], result.channels)
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.softmaxGradient", bandCount: bands.count) { band, _ in
      for position in bands[band] {
        let (gradient, y) = (given.pixel(position), value.pixel(position))
        var sum: Float = 0
        for channel in 0..<channels { sum += gradient[channel] * y[channel] }
        let total = Lanes(repeating: sum)
        fill(channels, result.pixel(position)) { $0[y] * ($0[gradient] - total) }
      }
    }
  }
}

extension Scaling {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let input = operands[0]
    let runs = Runs(input, result)
    let bands = Bands.streaming(result, threads: threads)
    let factor = Lanes(repeating: Float(factor))
    return PreparedKernel("openblas.scaling", bandCount: bands.count) { band, _ in
      runs.forEach(in: bands[band]) { pixel, count in
        let value = input.pixel(pixel)
        fill(count, result.pixel(pixel)) { $0[value] * factor }
      }
    }
  }
}

extension CrossEntropy {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let bands = Bands.streaming(operands[0], threads: threads)
    let partials = DoubleBuffer(count: bands.count)
    return PreparedKernel("openblas.crossEntropy", bandCount: bands.count) { band, _ in
      partials.base[band] = sum(operands, bands[band])
    } finish: {
      result.base[0] = Float((0..<bands.count).reduce(0) { $0 + partials.base[$1] })
    }
  }
}
