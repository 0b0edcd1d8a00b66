import Foundation

/// Range images of one scan, one strip under the other: what was measured, and what was made of it.
public struct RangeImageStrips: Equatable, Sendable {
  /// What a strip shows; one value per cell, row after row from the top.
  public enum Content: Equatable, Sendable {
    /// Distances in metres on a logarithmic scale; cells that are not finite or not above 0 are
    /// empty.
    case range([Float])
    /// Strengths of returns; the brightest hundredth is shown alike. Cells that are not finite are
    /// empty, and so are those not above 0.
    case intensity([Float])
    /// Class indices with their palette; 255 is an empty cell.
    case classes([UInt8], [ClassStyle])

    /// The class index of a cell that holds no point.
    public static let emptyCell: UInt8 = 255

    var count: Int {
      switch self {
      case .range(let values), .intensity(let values): values.count
      case .classes(let values, _): values.count
      }
    }
  }

  /// A legend at the right of its caption, or in lines below it.
  private struct PlacedLegend {
    var lines: [Legend]
    var isBesideCaption: Bool

    /// Rows that it takes beyond the caption's.
    var ownHeight: Int { isBesideCaption ? 0 : lines.reduce(0) { $0 + $1.lineHeight } }
  }

  private struct Strip: Equatable {
    var caption: String
    var content: Content
  }

  /// Rows of the range images.
  public let rows: Int
  /// Columns of the range images.
  public let columns: Int
  /// Pixels that a cell is wide.
  public let cellWidth: Int
  /// Pixels that a cell is high; cells of a spinning sensor are higher than wide.
  public let cellHeight: Int
  private var strips: [Strip] = []

  private static let margin = 16
  private static let scale = 2
  private static let captionHeight = Font.glyphHeight * scale + 10

  /// No strips yet, for range images of `rows` x `columns` cells.
  ///
  /// - Precondition: all four are at least 1.
  public init(rows: Int, columns: Int, cellWidth: Int = 2, cellHeight: Int = 3) {
    precondition(
      min(rows, columns, cellWidth, cellHeight) >= 1,
      "\(rows) x \(columns) cells of \(cellWidth) x \(cellHeight) pixels")
    self.rows = rows
    self.columns = columns
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }

  /// Adds a strip under the others.
  ///
  /// - Precondition: `content` has `rows * columns` values.
  public mutating func add(_ content: Content, caption: String) {
    precondition(
      content.count == rows * columns,
      "\(content.count) values for \(rows) x \(columns) cells")
    strips.append(Strip(caption: caption, content: content))
  }

  /// All strips with their captions and legends.
  ///
  /// A legend that is too long for the line of its caption has lines of its own below it.
  public func picture() -> Picture {
    let margin = Self.margin
    let captions = strips.map { Picture.width(of: $0.caption, scale: Self.scale) + 2 * margin }
    let width = max(columns * cellWidth, captions.max() ?? 0)
    let legends = zip(strips, captions).map { strip, caption in
      let legend = Legend(entries: legend(of: strip.content), scale: Self.scale)
      return caption + legend.rowWidth <= width
        ? PlacedLegend(lines: [legend], isBesideCaption: true)
        : PlacedLegend(lines: legend.lines(within: width), isBesideCaption: false)
    }
    let heights = legends.map { Self.captionHeight + $0.ownHeight }
    var picture = Picture(
      width: width + 2 * margin,
      height: heights.reduce(0, +) + strips.count * (rows * cellHeight + margin) + margin,
      filledWith: .background)
    var y = margin
    for (strip, (legend, height)) in zip(strips, zip(legends, heights)) {
      picture.write(strip.caption, x: margin, y: y, color: .text, scale: Self.scale)
      draw(legend, on: &picture, y: y)
      drawCells(of: strip.content, on: &picture, y: y + height)
      y += height + rows * cellHeight + margin
    }
    return picture
  }

  /// Draws one line at the right of the caption, or several below it.
  private func draw(_ legend: PlacedLegend, on picture: inout Picture, y: Int) {
    if legend.isBesideCaption {
      for line in legend.lines {
        line.drawRow(on: &picture, x: picture.width - Self.margin - line.rowWidth, y: y)
      }
      return
    }
    for (line, entries) in legend.lines.enumerated() {
      entries.drawRow(on: &picture, x: Self.margin, y: y + (line + 1) * entries.lineHeight)
    }
  }

  private func drawCells(of content: Content, on picture: inout Picture, y: Int) {
    let color = cellColors(of: content)
    for row in 0..<rows {
      for column in 0..<columns {
        picture.fill(
          x: Self.margin + column * cellWidth, y: y + row * cellHeight, width: cellWidth,
          height: cellHeight, with: color[row * columns + column])
      }
    }
  }

  private func cellColors(of content: Content) -> [RGB] {
    switch content {
    case .range(let values):
      values.map { $0.isFinite && $0 > 0 ? .range($0) : .panel }
    case .intensity(let values):
      {
        let brightest = Self.brightest(of: values)
        return values.map { $0.isFinite && $0 > 0 ? ColorMap.strength[$0 / brightest] : .panel }
      }()
    case .classes(let values, let palette):
      values.map { $0 == Content.emptyCell ? .panel : palette.color(of: $0) }
    }
  }

  private func legend(of content: Content) -> [Legend.Entry] {
    switch content {
    case .range:
      [2, 5, 10, 20, 40, 80].map { Legend.Entry(color: .range(Float($0)), caption: "\($0) M") }
    case .intensity(let values):
      [0.1, 0.5, 1].map { share in
        let value = Double(Self.brightest(of: values)) * share
        return Legend.Entry(
          color: ColorMap.strength[Float(share)], caption: String(format: "%.3g", value))
      }
    case .classes(let values, let palette):
      palette.legend(of: values.filter { $0 != Content.emptyCell })
    }
  }

  /// The strength that one positive cell in a hundred exceeds; 1 where there is none.
  private static func brightest(of values: [Float]) -> Float {
    let positive = values.filter { $0.isFinite && $0 > 0 }.sorted()
    return positive.isEmpty ? 1 : positive[(positive.count - 1) * 99 / 100]
  }
}

extension RGB {
  /// The colour of a distance in metres: bright is near, 1.5 m and nearer alike, 90 m and farther.
  fileprivate static func range(_ metres: Float) -> RGB {
    ColorMap.depth[1 - logf(metres / 1.5) / logf(90 / 1.5)]
  }
}
