import Foundation
public import Tensors

func power(_ base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }
func cosine(_ angle: Double) -> Double { cos(angle) }

/// Weights that follow their gradients, and what the rule remembers of the steps before.
public struct Optimizer<S: TensorScalar>: Sendable {
  /// The rule.
  public let configuration: OptimizerConfiguration
  /// The last change of each parameter, or the moving mean of its gradients.
  private var momenta: [String: Tensor<S>] = [:]
  /// The moving mean of each parameter's squared gradients.
  private var squares: [String: Tensor<S>] = [:]

  /// Nothing remembered yet, for parameters of the given shapes.
  public init(_ configuration: OptimizerConfiguration, shapes: [String: TensorShape]) {
    self.configuration = configuration
    for (name, shape) in shapes {
      momenta[name] = Tensor(shape)
      if configuration.method != .momentum { squares[name] = Tensor(shape) }
    }
  }

  /// What is remembered: `momentum/NAME`, and for Adam `square/NAME`, each of its parameter's shape.
  public var memory: [String: Tensor<S>] {
    get {
      let all = [("momentum/", momenta), ("square/", squares)].flatMap { prefix, tensors in
        tensors.map { (prefix + $0.key, $0.value) }
      }
      return Dictionary(uniqueKeysWithValues: all)
    }
    set {
      for name in momenta.keys { momenta[name] = newValue["momentum/\(name)"] }
      for name in squares.keys { squares[name] = newValue["square/\(name)"] }
    }
  }

  /// Whether weight decay draws a parameter to zero: the kernels of convolutions, and nothing else
  /// (xuanyuzhou98/SqueezeSegV2, `_variable_with_weight_decay`).
  public static func decays(_ name: String) -> Bool { name.hasSuffix("/kernels") }

  /// Adds the gradient of `decay / 2 |w|^2`.
  ///
  /// - Parameters:
  ///   - gradient: what to add to.
  ///   - weights: the parameter.
  ///   - name: the parameter's name.
  public func decay(
    _ gradient: UnsafeMutableBufferPointer<S>, weights: UnsafeMutableBufferPointer<S>, name: String
  ) {
    guard configuration.method != .adamW, Self.decays(name) else { return }
    let factor = S(configuration.weightDecay)
    for index in gradient.indices { gradient[index] += factor * weights[index] }
  }

  /// Changes a parameter.
  ///
  /// - Parameters:
  ///   - weights: the parameter.
  ///   - gradient: its gradient.
  ///   - name: its name.
  ///   - scale: what the gradient is multiplied with: what clipping leaves of it.
  ///   - rate: the rate of learning.
  ///   - step: how many steps were done before.
  public mutating func update(
    _ weights: UnsafeMutableBufferPointer<S>, gradient: UnsafeMutableBufferPointer<S>,
    name: String, scale: S, rate: Double, step: Int
  ) {
    let (rate, decay) = (S(rate), S(configuration.weightDecay))
    let momentum = S(configuration.momentum)
    switch configuration.method {
    case .momentum:
      momenta[name]?.withUnsafeMutableElements { velocity in
        for index in weights.indices {
          velocity[index] = momentum * velocity[index] + scale * gradient[index]
          weights[index] -= rate * velocity[index]
        }
      }
    case .adam, .adamW:
      if configuration.method == .adamW, Self.decays(name) {
        for index in weights.indices { weights[index] -= rate * decay * weights[index] }
      }
      let square = S(configuration.secondMomentum)
      let firstCorrection = 1 - S(power(configuration.momentum, step + 1))
      let secondCorrection = 1 - S(power(configuration.secondMomentum, step + 1))
      momenta[name]?.withUnsafeMutableElements { first in
        squares[name]?.withUnsafeMutableElements { second in
          for index in weights.indices {
            let g = scale * gradient[index]
            first[index] = momentum * first[index] + (1 - momentum) * g
            second[index] = square * second[index] + (1 - square) * g * g
            let deviation =
              (second[index] / secondCorrection).squareRoot() + S(configuration.epsilon)
            weights[index] -= rate * (first[index] / firstCorrection) / deviation
          }
        }
      }
    }
  }

  /// What is left of a gradient whose norm is cut down to the greatest one.
  public func clippingScale(norm: Double) -> S {
    S(norm > configuration.clipNorm ? configuration.clipNorm / norm : 1)
  }

  /// The Euclidean norm, added up in double precision.
  public static func norm(_ values: UnsafeMutableBufferPointer<S>) -> Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
