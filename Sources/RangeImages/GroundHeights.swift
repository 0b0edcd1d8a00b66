/// How high the ground is, in squares of one metre around the sensor.
///
/// The ground beneath the sensor is where the lowest points of the columns are, by their median.
/// From there it falls by at most 5 % and 0.3 m: what seems to lie deeper was seen in a mirror. The
/// ground of a square is the lowest point left in it and the eight squares around it.
struct GroundHeights {
  private static let reach = 80
  private static let side = 2 * reach
  private static let steepestFall: Float = 0.05
  private static let depth: Float = 0.3

  /// From one row to the next, as the tangent of the angle.
  private let rowStep: Float
  private var heights = [Float](repeating: .infinity, count: side * side)

  /// The ground that an image shows.
  init(_ image: RangeImage, _ geometry: ImageGeometry) {
    rowStep = Float((geometry.top - geometry.bottom) / Double(geometry.rows) * .pi / 180)
    let base = Self.base(of: image)
    image.withUnsafePositions { points in
      for cell in 0..<image.count where image.pointIndex[cell] >= 0 {
        guard let square = Self.square(points.x[cell], points.y[cell]) else { continue }
        let lowest = base - Self.depth - Self.steepestFall * image.range[cell]
        if points.z[cell] >= lowest { heights[square] = min(heights[square], points.z[cell]) }
      }
    }
    heights = Self.lowestAround(Self.lowestAround(heights, step: 1), step: Self.side)
  }

  /// How far the point of a cell lies above the ground, in metres; minus infinity where there is none.
  func clearance(ofCell cell: Int, in image: RangeImage) -> Float {
    guard let square = Self.square(image.x[cell], image.y[cell]) else { return -.infinity }
    return image.z[cell] - heights[square]
  }

  /// How far what a cell shows can rise above the ground, in metres, if the row above shows something
  /// else; infinite where there is no ground.
  func rise(ofCell cell: Int, in image: RangeImage) -> Float {
    let clearance = clearance(ofCell: cell, in: image)
    return clearance.isFinite ? clearance + image.range[cell] * rowStep : .infinity
  }

  /// The median height of the columns' lowest points.
  private static func base(of image: RangeImage) -> Float {
    let lowest = (0..<image.columns).compactMap { column -> Float? in
      stride(from: column, to: image.count, by: image.columns).reversed()
        .first { image.pointIndex[$0] >= 0 }.map { image.z[$0] }
    }
    return lowest.isEmpty ? 0 : lowest.sorted()[lowest.count / 2]
  }

  private static func square(_ x: Float, _ y: Float) -> Int? {
    let limit = Float(reach)
    guard abs(x) < limit, abs(y) < limit else { return nil }
    return Int(x + limit) * side + Int(y + limit)
  }

  /// The lowest of each value and those a step before and behind it; at the edge a line's neighbours
  /// are those of the line next to it, which nobody looks up.
  private static func lowestAround(_ values: [Float], step: Int) -> [Float] {
    values.indices.map { index in
      min(
        values[index], index >= step ? values[index - step] : .infinity,
        index + step < values.count ? values[index + step] : .infinity)
    }
  }
}
