import Foundation
package import RangeImages

/// A made-up scan for checking other programs by: a street with cars and people, seen from the middle
/// of its lane, the same at every call.
///
/// It is no simulation; it has what makes a network's answer tell: surfaces at all distances, edges,
/// holes and all classes.
package enum GoldenScan {
  /// Something that stands on the ground, all sides along the axes.
  private struct Block {
    /// Metres forward and to the left, of its middle.
    var x, y: Double
    /// Metres.
    var length, width, height: Double
    /// How strongly it reflects, 0 to 1.
    var reflectance: Double
  }

  /// How high the sensor is, in metres.
  private static let height = 1.73
  private static let farthest = 80.0

  private static let blocks = [
    // Cars ahead, beside and behind.
    Block(x: 12, y: -3.2, length: 4.2, width: 1.8, height: 1.5, reflectance: 0.35),
    Block(x: 19, y: 0.2, length: 4.6, width: 1.9, height: 1.6, reflectance: 0.2),
    Block(x: 31, y: 3.6, length: 4, width: 1.8, height: 1.45, reflectance: 0.6),
    Block(x: 8, y: 6.4, length: 4.1, width: 1.7, height: 1.5, reflectance: 0.1),
    Block(x: -11, y: 3.1, length: 4.3, width: 1.8, height: 1.5, reflectance: 0.3),
    Block(x: -24, y: -3.1, length: 4.4, width: 1.8, height: 1.5, reflectance: 0.5),
    // People.
    Block(x: 9.5, y: 2.4, length: 0.4, width: 0.5, height: 1.75, reflectance: 0.4),
    Block(x: 15, y: 6.1, length: 0.4, width: 0.6, height: 1.65, reflectance: 0.3),
    Block(x: -8, y: -5.2, length: 0.5, width: 0.5, height: 1.8, reflectance: 0.45),
    // Cyclists.
    Block(x: 14, y: 3.3, length: 1.7, width: 0.5, height: 1.7, reflectance: 0.5),
    Block(x: 25, y: -4.9, length: 1.7, width: 0.5, height: 1.75, reflectance: 0.4),
    // Trunks, and houses on both sides.
    Block(x: 22, y: 7.2, length: 0.4, width: 0.4, height: 5, reflectance: 0.55),
    Block(x: 17, y: -7, length: 0.35, width: 0.35, height: 5, reflectance: 0.5),
    Block(x: 35, y: 14, length: 50, width: 6, height: 8, reflectance: 0.7),
    Block(x: -20, y: -15, length: 60, width: 8, height: 7, reflectance: 0.65),
    Block(x: 60, y: -13, length: 40, width: 8, height: 9, reflectance: 0.5),
  ]

  /// What the cells of an image see; intensities from 0 to 1.
  package static func image(of geometry: ImageGeometry) -> RangeImage {
    let count = geometry.rows * geometry.columns
    let zeros = [Float](repeating: 0, count: count)
    var image = RangeImage(
      rows: geometry.rows, columns: geometry.columns, range: zeros, x: zeros, y: zeros, z: zeros,
      intensity: zeros, pointIndex: [Int32](repeating: -1, count: count), labels: nil)
    for cell in 0..<count {
      let (row, column) = cell.quotientAndRemainder(dividingBy: geometry.columns)
      let elevation =
        geometry.top - (Double(row) + 0.5) / Double(geometry.rows)
        * (geometry.top - geometry.bottom)
      let azimuth =
        geometry.left - (Double(column) + 0.5) / Double(geometry.columns) * geometry.span
      guard let hit = hit(elevation: elevation * .pi / 180, azimuth: azimuth * .pi / 180),
        hit.range <= geometry.maximumRange ?? farthest, !isLost(row: row, column: column)
      else { continue }
      image.range[cell] = Float(hit.range)
      (image.x[cell], image.y[cell], image.z[cell]) = (Float(hit.x), Float(hit.y), Float(hit.z))
      image.intensity[cell] = Float(hit.intensity)
      image.pointIndex[cell] = Int32(cell)
    }
    return image
  }

  private struct Hit {
    var range, x, y, z, intensity: Double
  }

  /// A pattern of returns that never came, about one in thirty.
  private static func isLost(row: Int, column: Int) -> Bool {
    (row * 7919 + column * 613) % 31 == 0
  }

  /// The nearest surface in a direction, if it is not too far.
  private static func hit(elevation: Double, azimuth: Double) -> Hit? {
    let direction = (
      x: cos(elevation) * cos(azimuth), y: cos(elevation) * sin(azimuth), z: sin(elevation)
    )
    var nearest = direction.z < 0 ? -height / direction.z : .infinity
    var reflectance = 0.0
    for block in blocks {
      guard let range = range(to: block, along: direction), range < nearest else { continue }
      (nearest, reflectance) = (range, block.reflectance)
    }
    guard nearest <= farthest else { return nil }
    let (x, y, z) = (nearest * direction.x, nearest * direction.y, nearest * direction.z)
    if reflectance == 0 { reflectance = ground(x, y) }
    let intensity = min(1, reflectance * (1 + 6 / (nearest + 4)) / 1.6)
    return Hit(range: nearest, x: x, y: y, z: z, intensity: intensity)
  }

  /// How strongly the ground reflects: tarmac, painted lines, and grass beside.
  private static func ground(_ x: Double, _ y: Double) -> Double {
    if abs(y) > 5.5 { return 0.4 }
    let isLine = abs(abs(y) - 1.75) < 0.1 && (x / 3).rounded(.down).remainder(dividingBy: 2) == 0
    return isLine ? 0.8 : 0.18
  }

  /// Where a ray from the sensor meets a block (the slab method).
  private static func range(
    to block: Block, along direction: (x: Double, y: Double, z: Double)
  ) -> Double? {
    let slabs = [
      (direction.x, block.x - block.length / 2, block.x + block.length / 2),
      (direction.y, block.y - block.width / 2, block.y + block.width / 2),
      (direction.z, -height, block.height - height),
    ]
    var (enter, leave) = (0.0, Double.infinity)
    for (slope, low, high) in slabs {
      let (first, second) = (low / slope, high / slope)
      enter = max(enter, min(first, second))
      leave = min(leave, max(first, second))
    }
    return enter > 0 && enter <= leave ? enter : nil
  }
}
