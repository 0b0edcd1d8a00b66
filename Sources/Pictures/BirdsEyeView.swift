import Foundation
public import PointClouds

/// A scan from above: the sensor looks up the picture, left is left, and rings count the distance.
public struct BirdsEyeView: Equatable, Sendable {
  /// What the colours of points mean.
  public enum Coloring: Equatable, Sendable {
    /// Height above or below the sensor.
    case height
    /// One class index per point, and the palette.
    case classes([UInt8], [ClassStyle])
  }

  /// The part of the ground that is shown, in metres of the sensor's frame.
  public struct Limits: Equatable, Sendable {
    /// From behind the sensor (negative) to before it.
    public var x: ClosedRange<Float>
    /// From its right (negative) to its left.
    public var y: ClosedRange<Float>

    /// A rectangle of the ground.
    public init(x: ClosedRange<Float>, y: ClosedRange<Float>) {
      self.x = x
      self.y = y
    }
  }

  /// The points.
  public let cloud: PointCloud
  /// What their colours mean.
  public let coloring: Coloring
  /// The part of the ground that is shown.
  public let limits: Limits
  /// Pixels per metre.
  public let scale: Float
  /// A line above the picture.
  public let title: String

  static let margin = 16
  static let titleHeight = 2 * Font.glyphHeight + 14
  static let legendWidth = 230

  /// A view of a cloud.
  ///
  /// - Parameters:
  ///   - cloud: The points; those without a finite position are not drawn, but counted.
  ///   - coloring: What the colours of points mean; one class per point, if any.
  ///   - limits: The part of the ground that is shown; by default what holds 99 of 100 points and
  ///     the sensor, at least 20 m and at most 400 m wide.
  ///   - size: Pixels of the longer side of the drawn ground.
  ///   - title: A line above the picture.
  public init(
    of cloud: PointCloud, coloring: Coloring = .height, limits: Limits? = nil, size: Int = 1000,
    title: String = ""
  ) {
    if case .classes(let classes, _) = coloring {
      precondition(
        classes.count == cloud.count, "\(classes.count) classes for \(cloud.count) points")
    }
    let limits = limits ?? Limits(around: cloud)
    self.cloud = cloud
    self.coloring = coloring
    self.limits = limits
    self.title = title
    let longest = max(limits.x.length, limits.y.length)
    precondition(
      size > 0 && longest > 0 && longest.isFinite, "\(size) pixels for \(longest) metres")
    scale = Float(size) / longest
  }

  /// The picture: ground, rings, points from the most frequent class to the rarest, legend.
  public func picture() -> Picture {
    let legend = Legend(entries: legendEntries)
    var ground = Picture(
      width: pixels(limits.y.length), height: pixels(limits.x.length), filledWith: .panel)
    drawRings(on: &ground)
    let drawn = drawPoints(on: &ground)
    drawRingCaptions(on: &ground)
    drawSensor(on: &ground)

    let footer = "\(cloud.count) points" + (drawn < cloud.count ? ", \(drawn) in the picture" : "")
    let textWidth = max(
      Picture.width(of: title, scale: 2), Picture.width(of: footer, scale: 2))
    let (margin, top) = (Self.margin, Self.margin + (title.isEmpty ? 0 : Self.titleHeight))
    let groundHeight = max(ground.height, legend.columnSize.height)
    var picture = Picture(
      width: max(ground.width + margin + legend.columnSize.width, textWidth) + 2 * margin,
      height: top + groundHeight + 2 * margin + 2 * Font.glyphHeight, filledWith: .background)
    picture.write(title, x: margin, y: margin, color: .text, scale: 2)
    picture.draw(ground, x: margin, y: top)
    legend.drawColumn(on: &picture, x: 2 * margin + ground.width, y: top)
    picture.write(
      footer, x: margin, y: top + groundHeight + margin, color: .faintText, scale: 2)
    return picture
  }

  private func pixels(_ metres: Float) -> Int { max(Int((metres * scale).rounded()), 1) }

  /// Where a place on the ground is in the picture of the ground.
  private func place(x: Float, y: Float) -> (x: Float, y: Float) {
    ((limits.y.upperBound - y) * scale, (limits.x.upperBound - x) * scale)
  }

  // MARK: Points

  private var legendEntries: [Legend.Entry] {
    switch coloring {
    case .height:
      stride(from: Float(1), through: 0, by: -0.25).map { share in
        let height = heights.lowerBound + share * heights.length
        return Legend.Entry(
          color: ColorMap.depth[share], caption: String(format: "%+.1f m", height))
      }
    case .classes(let classes, let palette):
      palette.legend(of: classes)
    }
  }

  /// The heights between which colours differ: what holds 96 of 100 points.
  private var heights: ClosedRange<Float> {
    let sorted = cloud.z.filter(\.isFinite).sorted()
    guard let low = sorted.value(at: 0.02), let high = sorted.value(at: 0.98) else { return 0...1 }
    return high - low >= 0.1 ? low...high : low...(low + max(0.1, abs(low) * 0.001))
  }

  /// Draws what lies within the limits and says how many points that were.
  private func drawPoints(on ground: inout Picture) -> Int {
    var drawn = 0
    for (order, radius, color) in layers {
      for index in order {
        let (x, y) = place(x: cloud.x[index], y: cloud.y[index])
        ground.fillDisc(centerX: x, centerY: y, radius: radius, with: color(index))
        drawn += 1
      }
    }
    return drawn
  }

  private func isShown(_ index: Int) -> Bool {
    limits.x.contains(cloud.x[index]) && limits.y.contains(cloud.y[index])
      && cloud.z[index].isFinite
  }

  private typealias Layer = (order: [Int], radius: Float, color: (Int) -> RGB)

  /// Points that are drawn one after the other: low ones first, or the most frequent class first.
  private var layers: [Layer] {
    let shown = (0..<cloud.count).filter(isShown)
    switch coloring {
    case .height:
      let heights = heights
      let order = shown.sorted { cloud.z[$0] < cloud.z[$1] }
      return [
        (order, 0.7, { ColorMap.depth[(cloud.z[$0] - heights.lowerBound) / heights.length] })
      ]
    case .classes(let classes, let palette):
      let points = Dictionary(grouping: shown) { classes[$0] }
      let byCount = points.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      return byCount.enumerated().map { rank, entry in
        let color = palette.color(of: entry.key)
        return (entry.value, rank == 0 ? 0.6 : 1.4, { _ in color })
      }
    }
  }
}

extension ClosedRange<Float> {
  var length: Float { upperBound - lowerBound }
}

extension [Float] {
  /// The value that a share of 0 to 1 of these sorted values does not exceed.
  func value(at share: Double) -> Float? {
    isEmpty ? nil : self[Int((Double(count - 1) * share).rounded())]
  }
}
