import PointClouds

extension BirdsEyeView.Limits {
  /// What holds 99 of 100 points on either axis and the sensor, with a margin of 2 m, at least 20 m
  /// and at most 400 m wide.
  init(around cloud: PointCloud) {
    self.init(x: Self.span(of: cloud.x), y: Self.span(of: cloud.y))
  }

  private static func span(of coordinates: [Float]) -> ClosedRange<Float> {
    let sorted = coordinates.filter(\.isFinite).sorted()
    let low = max(min(sorted.value(at: 0.005) ?? 0, -8) - 2, -200)
    let high = min(max(sorted.value(at: 0.995) ?? 0, 8) + 2, 200)
    return low...high
  }
}

extension BirdsEyeView {
  /// Distances of the rings in metres: every ten, or so many tens that they number twelve at most.
  private var rings: [Int] {
    let corners = [limits.x.lowerBound, limits.x.upperBound].flatMap { x in
      [limits.y.lowerBound, limits.y.upperBound].map { (x * x + $0 * $0).squareRoot() }
    }
    let farthest = min(corners.max() ?? 0, 10_000)
    let step = max((Int(farthest) / 120 + 1) * 10, 10)
    return Array(stride(from: step, through: max(Int(farthest), step), by: step))
  }

  func drawRings(on ground: inout Picture) {
    let radii = rings.map { Float($0) * scale }
    let (centerX, centerY) = (limits.y.upperBound * scale, limits.x.upperBound * scale)
    guard let spacing = radii.first else { return }
    for y in 0..<ground.height {
      for x in 0..<ground.width {
        let (dx, dy) = (Float(x) + 0.5 - centerX, Float(y) + 0.5 - centerY)
        let distance = (dx * dx + dy * dy).squareRoot()
        let nearest = max((distance / spacing).rounded(), 1) * spacing
        let coverage = 1.1 - abs(distance - nearest)
        if coverage > 0 { ground.blend(.line, x: x, y: y, share: coverage) }
      }
    }
  }

  /// Writes each ring's distance on it where it crosses the line straight ahead.
  func drawRingCaptions(on ground: inout Picture) {
    for ring in rings {
      let caption = "\(ring) m"
      let width = Picture.width(of: caption, scale: 2)
      let centerX = limits.y.upperBound * scale
      let y = (limits.x.upperBound - Float(ring)) * scale
      guard abs(centerX) < 1e6, y >= 0, y < Float(ground.height) else { continue }
      let (left, top) = (Int(centerX) - width / 2, Int(y) - Font.glyphHeight)
      ground.fill(
        x: left - 4, y: top - 3, width: width + 8, height: 2 * Font.glyphHeight + 6, with: .panel)
      ground.write(caption, x: left, y: top, color: .faintText, scale: 2)
    }
  }

  /// Marks the sensor by an arrow head that points forward.
  func drawSensor(on ground: inout Picture) {
    let (x, y) = (limits.y.upperBound * scale, limits.x.upperBound * scale)
    guard abs(x) < 1e6, abs(y) < 1e6 else { return }
    let length = 18
    for row in 0..<length {
      let half = row * 2 / 5
      ground.fill(
        x: Int(x) - half, y: Int(y) + row - length / 2, width: 2 * half + 1, height: 1, with: .ego)
    }
  }
}
