import Graphs
import Tensors

/// The Lovasz extension of the Jaccard loss for the pixels of one image (Berman et al.,
/// arXiv 1705.08790, algorithm 1).
struct LovaszImage<S: TensorScalar> {
  /// Pixels that count.
  let positions: [Int]
  /// Their classes.
  private let labels: [Int]
  /// Their probabilities, pixel by pixel.
  private(set) var probabilities: [S]
  private let classes: Int
  private let present: [Int]

  init(_ scores: LabelledScores<S>, _ pixels: Range<Int>) {
    classes = scores.scores.channels
    positions = pixels.filter { scores.label($0) != nil }
    labels = positions.compactMap { scores.label($0) }
    present = Set(labels).sorted()
    probabilities = [S](repeating: 0, count: positions.count * classes)
    probabilities.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (index, position) in positions.enumerated() {
        scores.writeProbabilities(position, to: base + index * classes)
      }
    }
  }

  /// The loss: the mean over the classes that occur.
  var value: S {
    var sum: S = 0
    for k in present {
      for (_, error, slope) in slopes(of: k) { sum += error * slope }
    }
    return present.isEmpty ? 0 : sum / S(present.count)
  }

  /// The gradient with respect to the scores, pixel by pixel.
  var gradient: [S] {
    var byProbability = [S](repeating: 0, count: probabilities.count)
    for k in present {
      for (index, _, slope) in slopes(of: k) {
        byProbability[index * classes + k] =
          (labels[index] == k ? -slope : slope) / S(present.count)
      }
    }
    for index in positions.indices {
      let pixel = index * classes..<(index + 1) * classes
      let sum = pixel.reduce(S(0)) { $0 + byProbability[$1] * probabilities[$1] }
      for place in pixel {
        byProbability[place] = probabilities[place] * (byProbability[place] - sum)
      }
    }
    return byProbability
  }

  /// For each pixel its error, greatest first, and how much the loss grows with it; of equal errors
  /// the first pixel comes first.
  private func slopes(of k: Int) -> [(index: Int, error: S, slope: S)] {
    let errors = positions.indices.map { index in
      let p = probabilities[index * classes + k]
      return labels[index] == k ? 1 - p : p
    }
    let order = Self.descendingOrder(of: errors)
    let total = labels.count { $0 == k }
    var (found, missed) = (0, 0)
    var before: S = 0
    return order.map { index in
      if labels[index] == k { found += 1 } else { missed += 1 }
      let jaccard = 1 - S(total - found) / S(total + missed)
      defer { before = jaccard }
      return (index, errors[index], jaccard - before)
    }
  }
}

extension LovaszImage {
  /// The positions of numbers of 0 or more, the greatest first, and of equal ones the first.
  static func descendingOrder(of errors: [S]) -> [Int] {
    guard let errors = errors as? [Float] else {
      return errors.indices.sorted { (errors[$1], $0) < (errors[$0], $1) }
    }
    // The bits of positive numbers are in the order of the numbers: one sort of whole numbers, each
    // with its position behind it.
    var keys = errors.enumerated().map { position, error in
      UInt64(~max(error, 0).bitPattern) << 32 | UInt64(position)
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
  }
}

extension LovaszSoftmax {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    result.base[0] = (0..<operands[0].shape[0]).reduce(S(0)) { $0 + value(operands, image: $1) }
  }

  /// The loss of one image.
  func value<S: TensorScalar>(_ operands: [TensorView<S>], image: Int) -> S {
    let pixels = operands[0].shape[1] * operands[0].shape[2]
    return LovaszImage(LabelledScores(operands), image * pixels..<(image + 1) * pixels).value
  }
}

extension LovaszSoftmaxGradient {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, images: Range<Int>
  ) {
    let scores = LabelledScores(operands)
    let pixels = operands[0].shape[1] * operands[0].shape[2]
    for image in images {
      let range = image * pixels..<(image + 1) * pixels
      let lovasz = LovaszImage(scores, range)
      let gradient = lovasz.gradient
      result.clear(range)
      for (index, position) in lovasz.positions.enumerated() {
        for channel in 0..<result.channels {
          result.pixel(position)[channel] =
            gradient[index * result.channels + channel] * operands[3].base[0]
        }
      }
    }
  }
}
