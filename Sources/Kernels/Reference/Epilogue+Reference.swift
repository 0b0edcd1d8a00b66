import Graphs
import Tensors

extension Epilogue {
  /// Does to a pixel's sums, in place, what follows a convolution.
  func reference<S: TensorScalar>(
    _ operands: Operands<TensorView<S>>, _ sums: UnsafeMutablePointer<S>, channels: Int, pixel: Int
  ) {
    for channel in 0..<channels {
      var value = sums[channel]
      if let bias = operands.bias { value += bias.base[channel] }
      if let activation { value = activation.reference(value) }
      if let scale = operands.scale { value *= scale.base[channel] }
      if let shift = operands.shift { value += shift.base[channel] }
      if let addend = operands.addend { value += addend.pixel(pixel)[channel] }
      if let factor = operands.factor { value *= factor.pixel(pixel)[channel] }
      sums[channel] = quantization?.rounded(value) ?? value
    }
  }
}

extension Quantization {
  /// The nearest number that a byte stands for.
  func rounded<S: TensorScalar>(_ number: S) -> S { S(value(byte(Float(number)))) }
}
