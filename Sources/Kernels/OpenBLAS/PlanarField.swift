import Graphs
import Tensors

/// A conditional random field over one image at a time, class by class in planes, so that eight
/// columns are computed together whatever the number of classes.
///
/// A plane has a border of zeros as wide as the window reaches: outside the image nothing is
/// probable.
struct PlanarField {
  private let field: RecurrentCRF
  private let operands: [TensorView<Float>]
  private let result: TensorView<Float>
  private let height: Int
  private let width: Int
  private let classes: Int
  private let grid: PlaneGrid
  private let neighbours: [RecurrentCRF.Neighbour]
  /// The distinct widths of the bilateral kernel, and which of them each class has.
  private let widths: [Double]
  private let widthOfClass: [Int]
  /// Weights of the angular kernels: `[class, neighbour]`.
  private let angular: FloatBuffer
  private let bilateralAngular: FloatBuffer
  /// Scores and probabilities: `[class, row, column]`.
  private let scores: FloatBuffer
  private let probabilities: FloatBuffer
  /// x, y, z and mask.
  private let positions: FloatBuffer
  /// Bilateral weights times both masks: `[width, neighbour, row, column]`.
  private let bilateral: FloatBuffer
  /// The angular and the bilateral messages of one row: `[2, class, column]`.
  private let messages: FloatBuffer

  init(_ field: RecurrentCRF, _ operands: [TensorView<Float>], _ result: TensorView<Float>) {
    self.field = field
    self.operands = operands
    self.result = result
    height = result.shape[1]
    width = result.shape[2]
    classes = result.channels
    grid = PlaneGrid(height: height, width: width, window: field.window)
    neighbours = field.neighbours
    widths = Array(Set(field.bilateral)).sorted()
    widthOfClass = field.bilateral.map { [widths] in widths.firstIndex(of: $0) ?? 0 }
    angular = Self.table(field.angular, neighbours)
    bilateralAngular = Self.table(field.bilateralAngular, neighbours)
    scores = FloatBuffer(count: classes * grid.count)
    probabilities = FloatBuffer(count: classes * grid.count)
    positions = FloatBuffer(count: 4 * grid.count)
    bilateral = FloatBuffer(count: widths.count * neighbours.count * grid.count)
    messages = FloatBuffer(count: 2 * classes * grid.stride)
  }

  private static func table(
    _ widths: [Double], _ neighbours: [RecurrentCRF.Neighbour]
  ) -> FloatBuffer {
    let table = FloatBuffer(count: widths.count * neighbours.count)
    let weights = widths.flatMap { width in neighbours.map { Float($0.weight(width: width)) } }
    for (index, weight) in weights.enumerated() { table.base[index] = weight }
    return table
  }

  /// Reads an image and computes its bilateral weights, which all iterations share.
  func load(_ image: Int) {
    for k in 0..<classes { split(operands[0], image, channel: k, scores.base + k * grid.count) }
    for axis in 0..<3 {
      split(operands[1], image, channel: axis, positions.base + axis * grid.count)
    }
    split(operands[2], image, channel: 0, positions.base + 3 * grid.count)
    for row in 0..<height {
      for index in neighbours.indices { writeBilateral(index, row) }
    }
  }

  private func split(_ view: TensorView<Float>, _ image: Int, channel: Int, _ plane: Floats) {
    for row in 0..<height {
      let start = plane + grid.row(row)
      let pixel = view.pixel((image * height + row) * width) + channel
      for column in 0..<width { start[column] = pixel[column * view.pixelStride] }
    }
  }

  private func writeBilateral(_ index: Int, _ row: Int) {
    let (count, start) = (grid.count, grid.row(row))
    let (x, y, z) = (
      positions.base + start, positions.base + count + start,
      positions.base + 2 * count + start
    )
    let mask = positions.base + 3 * count + start
    let offset = grid.offset(neighbours[index])
    for (number, width) in widths.enumerated() {
      let factor = Lanes(repeating: Float(-1 / (2 * width * width)))
      let weights = bilateral.base + (number * neighbours.count + index) * count + start
      fill(grid.columns, weights) {
        let dx = $0[x] - $0[x + offset]
        let dy = $0[y] - $0[y + offset]
        let dz = $0[z] - $0[z + offset]
        let distance = dx * dx + dy * dy + dz * dz
        let exponent = distance * factor
        // Less than 1e-21 changes no score; left in, its products would be subnormal and slow.
        let weight = exponent.exponential.replacing(with: 0, where: exponent .< -50)
        return weight * $0[mask] * $0[mask + offset]
      }
    }
  }

  /// One iteration.
  func step() {
    for row in 0..<height { writeProbabilities(row) }
    for row in 0..<height {
      for k in 0..<classes { writeMessages(k, row) }
      for k in 0..<classes { writeScores(k, row) }
    }
  }

  /// Softmax over the classes, one row of columns at a time.
  private func writeProbabilities(_ row: Int) {
    let (count, start) = (grid.count, grid.row(row))
    let (value, sum) = (scores.base + start, messages.base)
    let (probability, greatest) = (probabilities.base + start, messages.base + grid.stride)
    fill(grid.columns, greatest) { slot in
      var highest = slot[value]
      for k in 1..<max(1, classes) { highest = highest.maximum(slot[value + k * count]) }
      return highest
    }
    fill(grid.columns, sum) { slot in
      var total = Lanes.zero
      for k in 0..<classes {
        let power = (slot[value + k * count] - slot[greatest]).exponential
        slot[probability + k * count] = power
        total += power
      }
      return total
    }
    for k in 0..<classes {
      let plane = probability + k * count
      fill(grid.columns, plane) { $0[plane] / $0[sum] }
      // Columns beyond the image were computed too, and must stay improbable.
      for column in width..<max(width, grid.columns) { plane[column] = 0 }
    }
  }

  /// What the neighbours say about one class in one row.
  private func writeMessages(_ k: Int, _ row: Int) {
    let (count, start) = (grid.count, grid.row(row))
    let probability = probabilities.base + k * count + start
    let weights = bilateral.base + widthOfClass[k] * neighbours.count * count + start
    let near = angular.base + k * neighbours.count
    let nearBilateral = bilateralAngular.base + k * neighbours.count
    let bilateralMessages = messages.base + (classes + k) * grid.stride
    let neighbourCount = neighbours.count
    grid.withOffsets(neighbours) { offsets in
      fill(grid.columns, messages.base + k * grid.stride) { slot in
        var (a, b, g) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for index in 0..<neighbourCount {
          let value = slot[probability + offsets[index]]
          a += value * near[index]
          g += value * nearBilateral[index]
          b += value * slot[weights + index * count]
        }
        slot[bilateralMessages] = b * g
        return a
      }
    }
  }

  /// The new scores of one class in one row.
  private func writeScores(_ output: Int, _ row: Int) {
    let place = output * grid.count + grid.row(row)
    let probability = probabilities.base + place
    let (angularMatrix, bilateralMatrix) = (operands[3], operands[4])
    fill(grid.columns, scores.base + place) { slot in
      var score = slot[probability]
      for k in 0..<classes {
        score += slot[messages.base + k * grid.stride] * angularMatrix.pixel(k)[output]
        score +=
          slot[messages.base + (classes + k) * grid.stride]
          * bilateralMatrix.pixel(k)[output]
      }
      return score
    }
  }

  /// Writes the scores of an image to the result.
  func store(_ image: Int) {
    for k in 0..<classes {
      for row in 0..<height {
        let start = scores.base + k * grid.count + grid.row(row)
        let pixel = result.pixel((image * height + row) * width) + k
        for column in 0..<width { pixel[column * result.pixelStride] = start[column] }
      }
    }
  }
}

/// Where the cells of an image lie in a plane with a border.
struct PlaneGrid {
  /// Columns that are computed: the image's, rounded up to whole lanes.
  let columns: Int
  /// Elements from one row to the next.
  let stride: Int
  /// Elements of a plane.
  let count: Int
  private let origin: Int

  init(height: Int, width: Int, window: Extent) {
    let (top, left) = (window.height / 2, window.width / 2)
    columns = (width + 7) / 8 * 8
    stride = columns + 2 * left
    count = (height + 2 * top) * stride
    origin = top * stride + left
  }

  /// Where a row's first cell lies.
  func row(_ row: Int) -> Int { origin + row * stride }

  /// How far a neighbour lies from its cell.
  func offset(_ neighbour: RecurrentCRF.Neighbour) -> Int {
    neighbour.rows * stride + neighbour.columns
  }

  /// Gives the offsets of all neighbours.
  func withOffsets(
    _ neighbours: [RecurrentCRF.Neighbour], _ body: (UnsafeBufferPointer<Int>) -> Void
  ) {
    neighbours.map(offset).withUnsafeBufferPointer(body)
  }
}
