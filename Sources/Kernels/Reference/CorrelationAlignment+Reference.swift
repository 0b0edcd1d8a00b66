import Foundation
import Graphs
import Tensors

/// Mean and covariance of the features of one domain's pixels.
struct DomainCovariance {
  /// How many pixels there are.
  private(set) var count = 0
  /// The mean of each channel.
  private(set) var mean: [Double]
  /// Divided by the count less one; the ridge included.
  let matrix: SymmetricMatrix

  /// The statistics of the pixels that a domain's number marks.
  ///
  /// Sums are of differences from the first pixel, so that a great mean costs no digits.
  init<S: TensorScalar>(
    of features: TensorView<S>, domains: TensorView<S>, domain: S, ridge: Double
  ) {
    let channels = features.channels
    var pivot: [Double] = []
    var sums = [Double](repeating: 0, count: channels)
    var products = [Double](repeating: 0, count: channels * channels)
    var difference = sums
    for position in 0..<features.pixelCount where domains.pixel(position)[0] == domain {
      let pixel = features.pixel(position)
      if count == 0 { pivot = (0..<channels).map { Double(pixel[$0]) } }
      count += 1
      for channel in 0..<channels {
        difference[channel] = Double(pixel[channel]) - pivot[channel]
        sums[channel] += difference[channel]
      }
      for row in 0..<channels {
        let factor = difference[row]
        for column in 0...row { products[row * channels + column] += factor * difference[column] }
      }
    }
    let total = Double(max(count, 1))
    mean = (0..<channels).map { (pivot.isEmpty ? 0 : pivot[$0]) + sums[$0] / total }
    matrix = SymmetricMatrix(size: channels) { i, j in
      let product = products[max(i, j) * channels + min(i, j)]
      return (product - sums[i] * sums[j] / total) / max(total - 1, 1) + (i == j ? ridge : 0)
    }
  }
}

/// The squared distance of two covariances, and its gradients with respect to both.
struct CovarianceDistance {
  let squared: Double
  let gradients: (source: SymmetricMatrix, target: SymmetricMatrix)

  init(_ source: SymmetricMatrix, _ target: SymmetricMatrix, _ metric: CorrelationAlignment.Metric)
  {
    switch metric {
    case .euclidean:
      let difference = source - target
      squared = difference.squaredNorm
      gradients = (2 * difference, -2 * difference)
    case .logEuclidean:
      let systems = (source.eigensystem(), target.eigensystem())
      let difference = systems.0.applying { log($0) } - systems.1.applying { log($0) }
      squared = difference.squaredNorm
      gradients = (
        Self.throughLogarithm(2 * difference, systems.0),
        Self.throughLogarithm(-2 * difference, systems.1)
      )
    case .geodesic:
      let system = target.eigensystem(relativeTo: source)
      let logarithms = system.values.map { log($0) }
      squared = logarithms.reduce(0) { $0 + $1 * $1 }
      // d lambda = v^T (dC_t - lambda dC_s) v
      gradients = (
        system.assembled { $0 == $1 ? -2 * logarithms[$0] : 0 },
        system.assembled { $0 == $1 ? 2 * logarithms[$0] / system.values[$0] : 0 }
      )
    }
  }

  /// The gradient with respect to a matrix from that with respect to its logarithm: divided differences
  /// of the logarithm between the eigenvalues (Daleckii and Krein).
  private static func throughLogarithm(
    _ gradient: SymmetricMatrix, _ system: SymmetricMatrix.Eigensystem
  ) -> SymmetricMatrix {
    let rotated = system.rotated(gradient)
    return system.assembled { k, l in
      let (a, b) = (system.values[k], system.values[l])
      let ratio = (a - b) / b
      // log(a / b) / (a - b), which is 1 / b where both are equal.
      let quotient = abs(ratio) < 1e-8 ? (1 - ratio / 2) / b : log1p(ratio) / (a - b)
      return rotated[k, l] * quotient
    }
  }
}

/// The alignment of a batch's two domains; nothing where one has fewer than two pixels.
struct DomainAlignment {
  let source, target: DomainCovariance
  /// The distance between them.
  let distance: CovarianceDistance

  init?<S: TensorScalar>(
    _ operands: [TensorView<S>], metric: CorrelationAlignment.Metric, ridge: Double
  ) {
    let ridge = metric == .euclidean ? 0 : ridge
    source = DomainCovariance(of: operands[0], domains: operands[1], domain: 1, ridge: ridge)
    target = DomainCovariance(of: operands[0], domains: operands[1], domain: 2, ridge: ridge)
    guard source.count > 1, target.count > 1,
      (source.matrix.elements + target.matrix.elements).allSatisfy(\.isFinite)
    else { return nil }
    distance = CovarianceDistance(source.matrix, target.matrix, metric)
  }

  /// `1 / (4 C^2)`.
  static func share(channels: Int) -> Double { 1 / Double(4 * channels * channels) }
}

extension CorrelationAlignment {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let alignment = DomainAlignment(operands, metric: metric, ridge: ridge)
    let share = DomainAlignment.share(channels: operands[0].channels)
    result.base[0] = S(share * (alignment?.distance.squared ?? 0))
  }
}

extension CorrelationAlignmentGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let alignment = DomainAlignment(operands, metric: metric, ridge: ridge)
    write(alignment, operands, result, 0..<result.pixelCount)
  }

  /// Writes the gradient of some pixels: `2 / (n - 1) G (x - mean)`, G being the covariance's.
  func write<S: TensorScalar>(
    _ alignment: DomainAlignment?, _ operands: [TensorView<S>], _ result: TensorView<S>,
    _ pixels: Range<Int>
  ) {
    guard let alignment else { return result.clear(pixels) }
    let channels = result.channels
    let factor = DomainAlignment.share(channels: channels) * Double(operands[2].base[0])
    let parts = [
      (alignment.source, alignment.distance.gradients.source),
      (alignment.target, alignment.distance.gradients.target),
    ].map { domain, gradient in
      (mean: domain.mean, gradient: (2 / Double(domain.count - 1) * factor) * gradient)
    }
    var difference = [Double](repeating: 0, count: channels)
    for position in pixels {
      let domain = operands[1].pixel(position)[0]
      guard domain == 1 || domain == 2 else {
        result.clear(position..<position + 1)
        continue
      }
      let part = parts[domain == 1 ? 0 : 1]
      let (value, given) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<channels {
        difference[channel] = Double(value[channel]) - part.mean[channel]
      }
      for row in 0..<channels {
        var sum = 0.0
        for column in 0..<channels { sum += part.gradient[row, column] * difference[column] }
        given[row] = S(sum)
      }
    }
  }
}
