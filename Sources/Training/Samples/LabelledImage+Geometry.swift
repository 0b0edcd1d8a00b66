import Foundation
import RangeImages

// Changes after which the image is one that the sensor could have taken elsewhere.
extension LabelledImage {
  /// Mirrors the image left to right: the columns' order is reversed and y changes its sign.
  mutating func flip() {
    mirror()
    (geometry.left, geometry.right) = (-geometry.right, -geometry.left)
    if geometry.left >= 360 {
      geometry.left -= 360
      geometry.right -= 360
    }
  }

  /// The same, seen as if the window had stayed where it is: it is for windows that look ahead.
  package mutating func mirror() {
    for row in 0..<rows {
      Self.reverse(&x, row: row, of: columns)
      Self.reverse(&y, row: row, of: columns)
      Self.reverse(&z, row: row, of: columns)
      Self.reverse(&intensity, row: row, of: columns)
      Self.reverse(&range, row: row, of: columns)
      Self.reverse(&classes, row: row, of: columns)
    }
    // Empty cells hold 0 and not -0.
    for cell in 0..<count where range[cell] > 0 { y[cell] = -y[cell] }
  }

  /// Turns a whole sweep to the left by a number of columns.
  ///
  /// - Precondition: the image goes all the way round.
  mutating func rotate(byColumns shift: Int) {
    precondition(geometry.isFullSweep, "an image of \(geometry.span) degrees cannot be turned")
    let shift = (shift % columns + columns) % columns
    guard shift > 0 else { return }
    var row: [Float] = []
    var classRow: [UInt8] = []
    for number in 0..<rows {
      Self.shift(&x, row: number, of: columns, by: shift, through: &row)
      Self.shift(&y, row: number, of: columns, by: shift, through: &row)
      Self.shift(&z, row: number, of: columns, by: shift, through: &row)
      Self.shift(&intensity, row: number, of: columns, by: shift, through: &row)
      Self.shift(&range, row: number, of: columns, by: shift, through: &row)
      Self.shift(&classes, row: number, of: columns, by: shift, through: &classRow)
    }
    turnPoints(by: Double(shift) * geometry.span / Double(columns) * .pi / 180)
  }

  /// Turns all points to the left about the vertical, by radians; they stay in their cells.
  mutating func turnPoints(by angle: Double) {
    let (cosine, sine) = (Float(cos(angle)), Float(sin(angle)))
    for cell in 0..<count {
      let (forward, left) = (x[cell], y[cell])
      x[cell] = forward * cosine - left * sine
      y[cell] = left * cosine + forward * sine
    }
  }

  /// Keeps some of the columns, with the coordinates that their points have.
  mutating func crop(toColumns range: Range<Int>) {
    guard range.count < columns else { return }
    Self.crop(&x, rows: rows, of: columns, to: range)
    Self.crop(&y, rows: rows, of: columns, to: range)
    Self.crop(&z, rows: rows, of: columns, to: range)
    Self.crop(&intensity, rows: rows, of: columns, to: range)
    Self.crop(&self.range, rows: rows, of: columns, to: range)
    Self.crop(&classes, rows: rows, of: columns, to: range)
    let step = geometry.span / Double(columns)
    let left = geometry.left - Double(range.lowerBound) * step
    geometry.left = left < -180 ? left + 360 : left
    geometry.right = geometry.left - Double(range.count) * step
    geometry.columns = range.count
  }

  private static func reverse<T>(_ values: inout [T], row: Int, of columns: Int) {
    var (low, high) = (row * columns, (row + 1) * columns - 1)
    while low < high {
      values.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }

  private static func shift<T>(
    _ values: inout [T], row: Int, of columns: Int, by shift: Int, through copy: inout [T]
  ) {
    let first = row * columns
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: values[first..<first + columns])
    for column in 0..<columns {
      let source = column + shift
      values[first + column] = copy[source < columns ? source : source - columns]
    }
  }

  private static func crop<T>(
    _ values: inout [T], rows: Int, of columns: Int, to range: Range<Int>
  ) {
    var next = 0
    for row in 0..<rows {
      for column in range {
        values[next] = values[row * columns + column]
        next += 1
      }
    }
    values.removeLast(values.count - next)
  }
}
