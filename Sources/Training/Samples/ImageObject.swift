import Foundation

/// An object cut out of an image: its points and the cells they were in.
struct ImageObject: Equatable, Sendable {
  /// A cell of the object, `column` counted from the object's first.
  struct Cell: Equatable, Sendable {
    var row: Int
    var column: Int
    var x, y, z, intensity, range: Float
  }

  /// The position of its class in the label map.
  var classPosition: UInt8
  /// The column of the image that its first column was.
  var firstColumn: Int
  /// Columns that it spans.
  var width: Int
  var cells: [Cell]

  /// Cells that are at most so many rows and columns apart belong together.
  private static let reach = 2
  /// Metres that the ranges of two cells of an object may differ by.
  private static let gap: Float = 0.75

  /// The connected objects of some classes in an image, without those that its sides may cut off.
  static func all(
    in image: LabelledImage, classes: Set<UInt8>, minimumCells: Int
  ) -> [ImageObject] {
    var isTaken = [Bool](repeating: false, count: image.count)
    var objects: [ImageObject] = []
    for seed in 0..<image.count
    where !isTaken[seed] && image.range[seed] > 0 && classes.contains(image.classes[seed]) {
      let found = component(from: seed, in: image, isTaken: &isTaken)
      let columns = found.map { $0 % image.columns }
      guard found.count >= minimumCells, let first = columns.min(), let last = columns.max(),
        first > 0, last < image.columns - 1
      else { continue }
      objects.append(ImageObject(found, of: image, first: first, width: last - first + 1))
    }
    return objects
  }

  private init(_ found: [Int], of image: LabelledImage, first: Int, width: Int) {
    classPosition = image.classes[found[0]]
    firstColumn = first
    self.width = width
    cells = found.sorted().map { cell in
      Cell(
        row: cell / image.columns, column: cell % image.columns - first, x: image.x[cell],
        y: image.y[cell], z: image.z[cell], intensity: image.intensity[cell],
        range: image.range[cell])
    }
  }

  private static func component(
    from seed: Int, in image: LabelledImage, isTaken: inout [Bool]
  ) -> [Int] {
    var found = [seed]
    isTaken[seed] = true
    var next = 0
    while next < found.count {
      let cell = found[next]
      next += 1
      let (row, column) = cell.quotientAndRemainder(dividingBy: image.columns)
      for otherRow in max(0, row - reach)...min(image.rows - 1, row + reach) {
        for otherColumn in max(0, column - reach)...min(image.columns - 1, column + reach) {
          let other = otherRow * image.columns + otherColumn
          guard !isTaken[other], image.range[other] > 0,
            image.classes[other] == image.classes[seed],
            abs(image.range[other] - image.range[cell]) < gap
          else { continue }
          isTaken[other] = true
          found.append(other)
        }
      }
    }
    return found
  }

  /// The same object seen at another column, turned about the sensor as far as the columns are apart.
  func moved(toColumn column: Int, columnAngle: Float) -> ImageObject {
    // Columns count to the right, azimuths to the left.
    let angle = Float(firstColumn - column) * columnAngle
    let (cosine, sine) = (cos(angle), sin(angle))
    var moved = self
    moved.firstColumn = column
    for index in cells.indices {
      let (x, y) = (cells[index].x, cells[index].y)
      moved.cells[index].x = x * cosine - y * sine
      moved.cells[index].y = y * cosine + x * sine
    }
    return moved
  }
}
