import Foundation
import Graphs
import Tensors

/// The cells around each cell of an image, the cell itself left out, as weights of convolutions.
private struct Surroundings {
  let window: Extent

  /// How many they are.
  var count: Int { window.height * window.width - 1 }

  private var centre: Int { count / 2 }

  /// Weights `[C, 1, rows, columns]`: Gaussians of the distance in cells.
  func gaussians(widths: [Double]) -> [Float] {
    widths.flatMap { width in
      (0...count).map { place -> Float in
        let (row, column) = place.quotientAndRemainder(dividingBy: window.width)
        let (rows, columns) = (row - window.height / 2, column - window.width / 2)
        let distance = Double(rows * rows + columns * columns)
        return place == centre ? 0 : Float(exp(-distance / (2 * width * width)))
      }
    }
  }

  /// Weights `[C * count, 1, rows, columns]` that take each neighbour as it is.
  func selections(channels: Int) -> [Float] {
    weights(channels: channels) { place, neighbour in place == neighbour ? 1 : 0 }
  }

  /// The same that take the centre less each neighbour.
  func differences(channels: Int) -> [Float] {
    weights(channels: channels) { [centre] place, neighbour in
      place == centre ? 1 : place == neighbour ? -1 : 0
    }
  }

  private func weights(
    channels: Int, _ weight: (_ place: Int, _ neighbour: Int) -> Float
  ) -> [Float] {
    let neighbours = (0...count).filter { $0 != centre }
    let one = neighbours.flatMap { neighbour in (0...count).map { weight($0, neighbour) } }
    return (0..<channels).flatMap { _ in one }
  }
}

extension NeighbourSum {
  /// The sums over a value that has the current node's shape.
  func lower(_ image: String, _ lowering: inout ONNXLowering) -> String {
    let surroundings = Surroundings(window: window)
    let weights = lowering.add(
      .float32(surroundings.gaussians(widths: widths)),
      [widths.count, 1, window.height, window.width])
    return lowering.addDepthwise(image, weights, groups: widths.count, window: window)
  }
}

extension BilateralSum {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let mask = lowering.operand(2)
    let nearness = nearness(of: lowering.operand(1), mask: mask, &lowering)
    return sum(of: lowering.operand(0), weightedBy: nearness, mask: mask, &lowering)
  }

  /// How much each neighbour counts for each class, `[N, C, neighbours, H, W]`: nothing where it is no
  /// point or beyond the image.
  fileprivate func nearness(
    of positions: String, mask: String, _ lowering: inout ONNXLowering
  ) -> String {
    let surroundings = Surroundings(window: window)
    let count = surroundings.count
    let differences = lowering.add(
      .float32(surroundings.differences(channels: 3)), [3 * count, 1, window.height, window.width])
    let steps = lowering.addDepthwise(positions, differences, groups: 3, window: window)
    let squares = lowering.add(.mul, [steps, steps])
    let distances = lowering.add(
      .reduceSum, [lowering.reshape(squares, to: shape(3, count, lowering)), lowering.add([1])],
      ["keepdims": .int(1)])
    let scales = lowering.add(
      .float32(widths.map { -Float(2 * $0 * $0) }), [1, widths.count, 1, 1, 1])
    let weights = lowering.add(.exp, [lowering.add(.div, [distances, scales])])
    let masks = neighbours(of: mask, channels: 1, &lowering)
    return lowering.add(.mul, [weights, masks])
  }

  fileprivate func sum(
    of image: String, weightedBy nearness: String, mask: String, _ lowering: inout ONNXLowering
  ) -> String {
    let parts = lowering.add(
      .mul, [nearness, neighbours(of: image, channels: widths.count, &lowering)])
    let sums = lowering.add(.reduceSum, [parts, lowering.add([2])], ["keepdims": .int(0)])
    return lowering.add(.mul, [sums, mask])
  }

  /// Each cell's neighbours, `[N, channels, neighbours, H, W]`; zeros beyond the image.
  private func neighbours(
    of image: String, channels: Int, _ lowering: inout ONNXLowering
  ) -> String {
    let surroundings = Surroundings(window: window)
    let weights = lowering.add(
      .float32(surroundings.selections(channels: channels)),
      [channels * surroundings.count, 1, window.height, window.width])
    let selected = lowering.addDepthwise(image, weights, groups: channels, window: window)
    return lowering.reshape(selected, to: shape(channels, surroundings.count, lowering))
  }

  private func shape(_ channels: Int, _ count: Int, _ lowering: ONNXLowering) -> [Int] {
    let image = lowering.type.shape
    return [image[0], channels, count, image[1], image[2]]
  }
}

extension RecurrentCRF {
  func lower(_ lowering: inout ONNXLowering) -> String {
    var scores = lowering.operand(0)
    guard iterations > 0 else { return scores }
    let similar = BilateralSum(window: window, widths: bilateral)
    let mask = lowering.operand(2)
    // What depends on the points alone is the same in every iteration.
    let nearness = similar.nearness(of: lowering.operand(1), mask: mask, &lowering)
    for _ in 0..<iterations {
      let u = Softmax().lower(scores, &lowering)
      let a = NeighbourSum(window: window, widths: angular).lower(u, &lowering)
      let near = NeighbourSum(window: window, widths: bilateralAngular).lower(u, &lowering)
      let sum = similar.sum(of: u, weightedBy: nearness, mask: mask, &lowering)
      let b = lowering.add(.mul, [sum, near])
      let first = lowering.add(.add, [u, compatible(a, 3, &lowering)])
      scores = lowering.add(.add, [first, compatible(b, 4, &lowering)])
    }
    return scores
  }

  /// What a message says about each class by the operand that holds how classes go together.
  private func compatible(
    _ message: String, _ operand: Int, _ lowering: inout ONNXLowering
  ) -> String {
    let classes = lowering.type.shape.channels
    let weights = lowering.operand(operand, axes: [1, 0], shape: [classes, classes, 1, 1])
    return lowering.add(.conv, [message, weights])
  }
}

extension ONNXLowering {
  /// A convolution of each channel by itself, with a window that moves over the current node's cells.
  fileprivate mutating func addDepthwise(
    _ image: String, _ weights: String, groups: Int, window: Extent
  ) -> String {
    addDepthwise(
      image, weights, groups: groups,
      SlidingWindow(kernel: window, stride: .one, over: type.shape))
  }
}
