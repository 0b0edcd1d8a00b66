public import Exchange
import Foundation
import Graphs
public import Kernels
import PointClouds
import Tensors
public import Training

/// What a network's scores are multiplied with and moved by, so that their softmax says how often it is
/// right: `scale * score + bias`, the bias by class.
///
/// With a scale alone this is temperature scaling (Guo et al., arXiv 1706.04599, section 4.2). The biases
/// undo what the weights of classes did to the odds while training.
public struct ScoreCalibration: Codable, Equatable, Sendable {
  /// 1 / temperature.
  public var scale: Double
  /// Added to the scaled scores.
  public var bias: [Double]

  /// No change.
  public init(classCount: Int) {
    scale = 1
    bias = [Double](repeating: 0, count: classCount)
  }

  /// Probabilities of one cell's scores.
  func probabilities(of scores: some Collection<Float>) -> [Double] {
    let moved = zip(scores, bias).map { scale * Double($0) + $1 }
    let greatest = moved.max() ?? 0
    let powers = moved.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The model whose scores are changed so: the last convolution does it.
  ///
  /// - Throws: `.unsuitableData` where something else than a convolution gives the scores.
  public func applied(to model: Model) throws -> Model {
    let graph = model.description.graph
    guard let scores = graph.outputs.first(where: { $0.name == "scores" })?.value,
      case .operation(.convolution(let convolution), let operands) = graph[scores].source,
      convolution.epilogue.bias
    else {
      throw TrainingError(
        .unsuitableData, "the model's scores come from something else than a convolution",
        remedy: "calibrate a model without the random field")
    }
    var model = model
    let (kernel, bias) = (graph[operands[1]].name, graph[operands[2]].name)
    model.parameters[kernel]?.withUnsafeMutableElements { elements in
      for index in elements.indices { elements[index] *= Float(scale) }
    }
    model.parameters[bias]?.withUnsafeMutableElements { elements in
      for index in elements.indices {
        elements[index] = Float(scale * Double(elements[index]) + self.bias[index])
      }
    }
    return model
  }
}

/// Scores of cells, of some with what they truly are.
public struct ScoreSample: Sendable {
  /// How many classes there are.
  public let classCount: Int
  /// Cell by cell.
  public private(set) var scores: [Float] = []
  /// Positions in the label map, one per cell; empty where nothing is known.
  public private(set) var labels: [UInt8] = []

  /// How many cells there are.
  public var count: Int { scores.count / classCount }

  /// Cells with known scores; for tests of what is fitted to them.
  init(classCount: Int, scores: [Float], labels: [UInt8]) {
    (self.classCount, self.scores, self.labels) = (classCount, scores, labels)
  }

  /// Every so many-th cell with a point.
  ///
  /// - Parameters:
  ///   - model: what gives the scores.
  ///   - images: of the model's size.
  ///   - isLabelled: whether only cells whose class is known are taken, with it.
  ///   - step: of which cells one is taken.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: `GraphError` where the network cannot be prepared for inference.
  public init(
    of model: Model, on images: [LabelledImage], isLabelled: Bool, step: Int = 13,
    backend: Backend, threadCount: Int
  ) throws {
    classCount = model.description.labelMap.classes.count
    let scorer = try ImageScorer(model, backend: backend, threadCount: threadCount)
    for image in images {
      let found = scorer.scores(of: image).elements
      for cell in stride(from: 0, to: image.count, by: step) where image.isOccupied(cell) {
        let label = image.classes[cell]
        if isLabelled {
          guard label != LabelledImage.ignoredClass else { continue }
          labels.append(label)
        }
        scores += found[cell * classCount..<(cell + 1) * classCount]
      }
    }
  }

  /// The scores of a cell.
  subscript(cell: Int) -> ArraySlice<Float> {
    scores[cell * classCount..<(cell + 1) * classCount]
  }

  /// The mean surprise of the true classes, in nats.
  public func negativeLogLikelihood(_ calibration: ScoreCalibration) -> Double {
    guard !labels.isEmpty else { return 0 }
    var sum = 0.0
    for (cell, label) in labels.enumerated() {
      sum -= log(max(calibration.probabilities(of: self[cell])[Int(label)], 1e-30))
    }
    return sum / Double(labels.count)
  }
}

extension ScoreCalibration {
  /// The calibration that makes the true classes least surprising, by Newton's method; the first class's
  /// bias stays 0.
  ///
  /// - Parameters:
  ///   - sample: scores with their true classes.
  ///   - fitsBias: whether classes get a bias, or all share a temperature only.
  public init(fitting sample: ScoreSample, fitsBias: Bool) {
    self.init(classCount: sample.classCount)
    let count = fitsBias ? sample.classCount : 1
    var loss = sample.negativeLogLikelihood(self)
    for _ in 0..<50 {
      let (gradient, hessian) = derivatives(on: sample, count: count)
      guard let step = LinearSystem.solve(hessian, gradient) else { return }
      var share = 1.0
      var next = moved(by: step, share)
      while share > 1e-4, sample.negativeLogLikelihood(next) > loss {
        share /= 2
        next = moved(by: step, share)
      }
      let better = sample.negativeLogLikelihood(next)
      guard better < loss - 1e-10 else { return }
      (self, loss) = (next, better)
    }
  }

  private func moved(by step: [Double], _ share: Double) -> Self {
    var next = self
    next.scale = max(1e-3, scale - share * step[0])
    for index in 1..<max(1, step.count) { next.bias[index] -= share * step[index] }
    return next
  }

  /// Of the mean surprise, with respect to the scale and the biases of all classes but the first.
  private func derivatives(
    on sample: ScoreSample, count: Int
  ) -> (gradient: [Double], hessian: [[Double]]) {
    var gradient = [Double](repeating: 0, count: count)
    var hessian = [[Double]](repeating: gradient, count: count)
    for (cell, label) in sample.labels.enumerated() {
      let scores = Array(sample[cell])
      let p = probabilities(of: scores)
      let mean = zip(p, scores).reduce(0) { $0 + $1.0 * Double($1.1) }
      gradient[0] += mean - Double(scores[Int(label)])
      hessian[0][0] += zip(p, scores).reduce(0) {
        $0 + $1.0 * (Double($1.1) - mean) * (Double($1.1) - mean)
      }
      for k in 1..<max(1, count) {
        gradient[k] += p[k] - (Int(label) == k ? 1 : 0)
        hessian[0][k] += p[k] * (Double(scores[k]) - mean)
        for l in k..<count { hessian[k][l] += p[k] * ((k == l ? 1 : 0) - p[l]) }
      }
    }
    let total = Double(max(1, sample.labels.count))
    for k in 0..<count {
      gradient[k] /= total
      for l in k..<count {
        hessian[k][l] = hessian[k][l] / total + (k == l ? 1e-9 : 0)
        hessian[l][k] = hessian[k][l]
      }
    }
    return (gradient, hessian)
  }

  /// Moves the biases from the classes' shares in the source to those in the target, which are told from
  /// the target's scores alone by expectation maximisation (Saerens et al., Neural Computation 14, 2002,
  /// section 2.2); this calibration has to be that of the source.
  ///
  /// - Parameters:
  ///   - source: scores with their true classes.
  ///   - target: scores without.
  /// - Returns: the calibration for the target, and the shares of its classes.
  public func adapted(
    from source: ScoreSample, to target: ScoreSample
  ) -> (calibration: Self, shares: [Double]) {
    var priors = [Double](repeating: 0, count: source.classCount)
    for label in source.labels { priors[Int(label)] += 1 / Double(source.labels.count) }
    let posteriors = (0..<target.count).map { probabilities(of: target[$0]) }
    var shares = priors
    for _ in 0..<500 {
      let ratios = zip(shares, priors).map { $1 > 0 ? $0 / $1 : 0 }
      var sums = [Double](repeating: 0, count: shares.count)
      for posterior in posteriors {
        let weighted = zip(posterior, ratios).map { $0 * $1 }
        let total = weighted.reduce(0, +)
        for k in sums.indices { sums[k] += weighted[k] / total }
      }
      let next = sums.map { $0 / Double(max(1, target.count)) }
      let change = zip(next, shares).reduce(0) { max($0, abs($1.0 - $1.1)) }
      shares = next
      if change < 1e-7 { break }
    }
    var moved = self
    for k in shares.indices where priors[k] > 0 {
      moved.bias[k] += log(max(shares[k], 1e-7) / priors[k])
    }
    return (moved, shares)
  }
}

/// A few linear equations.
enum LinearSystem {
  /// The solution of `matrix x = right` by elimination with pivots; nothing where there is none.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
      guard let pivot, abs(rows[pivot][column]) > 1e-300 else { return nil }
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for place in column...count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.indices.map { rows[$0][count] / rows[$0][$0] }
  }
}
