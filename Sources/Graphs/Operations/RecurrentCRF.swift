public import Tensors

/// The recurrent conditional random field of SqueezeSeg, as its authors wrote it
/// (BichenWuUCB/SqueezeSeg, `_recurrent_crf_layer`; Wu et al., arXiv 1710.07368, section III-C).
///
/// Operands: logits `[N, H, W, C]`, positions `[N, H, W, 3]` (normalised x, y, z), mask
/// `[N, H, W, 1]`, angular and bilateral compatibility `[C, C]` (input class, output class).
/// Result: `[N, H, W, C]`. Each iteration, over the neighbours j of a window of `window` cells
/// without its centre, zero outside the image:
///
///     u = softmax(z)
///     a = sum_j g(i, j) u_j                      g = exp(-|cell_i - cell_j|^2 / (2 angular^2))
///     b = mask_i sum_j w(i, j) u_j mask_j        w = exp(-|xyz_i - xyz_j|^2 / (2 bilateral^2))
///     b = b * sum_j g'(i, j) u_j                 g' = like g, with bilateralAngular
///     z = u + a M_angular + b M_bilateral
///
/// This is not the mean field of a textbook: z holds probabilities, and the bilateral term is a
/// product of two sums.
public struct RecurrentCRF: OperationAttributes {
  /// `.recurrentCRF`.
  public static let kind = Operation.Kind.recurrentCRF
  /// Rows and columns of the neighbourhood, both odd.
  public var window: Extent
  /// How often the step is done.
  public var iterations: Int
  /// Width of the angular kernel in cells, per class.
  public var angular: [Double]
  /// Width of the bilateral term's angular kernel in cells, per class.
  public var bilateralAngular: [Double]
  /// Width of the bilateral term's kernel in normalised coordinates, per class.
  public var bilateral: [Double]

  /// The authors' field of four classes unless said otherwise.
  public init(
    window: Extent = Extent(3, 5), iterations: Int = 3,
    angular: [Double] = [0.9, 0.9, 0.6, 0.6], bilateralAngular: [Double] = [0.9, 0.9, 0.6, 0.6],
    bilateral: [Double] = [0.015, 0.015, 0.01, 0.01]
  ) {
    self.window = window
    self.iterations = iterations
    self.angular = angular
    self.bilateralAngular = bilateralAngular
    self.bilateral = bilateral
  }

  /// The operation with these attributes.
  public var operation: Operation { .recurrentCRF(self) }

  /// The attributes for people.
  public var words: [String] { ["\(window)", "\(iterations) iterations"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(5, operands)
    let logits = try expectImage(operands[0])
    let classes = logits.channels
    try expect(operands[1], [logits[0], logits[1], logits[2], 3], "the positions")
    try expect(operands[2], [logits[0], logits[1], logits[2], 1], "the mask")
    try expect(operands[3], [classes, classes], "the angular compatibility")
    try expect(operands[4], [classes, classes], "the bilateral compatibility")
    guard
      (1...31).contains(window.height), (1...31).contains(window.width), window.height % 2 == 1,
      window.width % 2 == 1, (0...1000).contains(iterations)
    else {
      throw OperandError(
        code: .operandType,
        message: "a window of \(window) is not odd and up to 31x31, or \(iterations) iterations are"
          + " not 0 to 1000")
    }
    guard [angular, bilateralAngular, bilateral].allSatisfy({ $0.count == classes }) else {
      throw OperandError(
        code: .operandType,
        message: "\([angular.count, bilateralAngular.count, bilateral.count]) kernel widths"
          + " for \(classes) classes")
    }
    return operands[0]
  }

  /// Three sums over the neighbours and two products with the compatibilities.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    let neighbours = window.height * window.width - 1
    let perElement = 3 * neighbours + 2 * result.shape.channels
    return Cost(
      multiplyAccumulates: iterations * result.shape.count * perElement,
      bytes: elementBytes(operands, result))
  }

  /// One and three iterations, batch 2 and images smaller than the window.
  public static var samples: [OperationSample] {
    [(1, [1, 6, 9]), (3, [2, 5, 7]), (2, [1, 1, 2])].map { iterations, size in
      let pixels = { (channels: Int) in TensorShape(size + [channels]) }
      return OperationSample(
        .recurrentCRF(RecurrentCRF(iterations: iterations)),
        [pixels(4), pixels(3), pixels(1), [4, 4], [4, 4]],
        // Positions as near each other as the field's kernels are wide.
        [0: .numbers(-2...2), 1: .numbers(-0.01...0.01), 2: .whole(0...1)])
    }
  }
}
