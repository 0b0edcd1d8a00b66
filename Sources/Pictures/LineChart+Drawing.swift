extension LineChart {
  private static let textScale = 2
  private static let textHeight = Font.glyphHeight * textScale

  /// Draws the chart; `across` is the axis from left to right.
  func draw(on picture: inout Picture, in layout: ChartLayout, across: ChartAxis) {
    let upward = ChartAxis(for: lines.flatMap { $0.points.map(\.y) }, scale: scale)
    picture.fill(
      x: layout.left, y: layout.upper, width: layout.right - layout.left,
      height: layout.lower - layout.upper, with: .panel)
    drawMarks(on: &picture, in: layout, across: across, upward: upward)
    drawWords(on: &picture, in: layout)
    for line in lines {
      draw(line, on: &picture, in: layout, across: across, upward: upward)
    }
  }

  private func drawMarks(
    on picture: inout Picture, in layout: ChartLayout, across: ChartAxis, upward: ChartAxis
  ) {
    for mark in upward.marks {
      guard let row = layout.row(of: mark.value, on: upward).map({ Int($0.rounded()) }) else {
        continue
      }
      picture.fill(
        x: layout.left, y: row, width: layout.right - layout.left, height: 1, with: .line)
      let width = Picture.width(of: mark.text, scale: Self.textScale)
      picture.write(
        mark.text, x: layout.left - 10 - width, y: row - Self.textHeight / 2, color: .faintText,
        scale: Self.textScale)
    }
    for mark in across.marks {
      guard let column = layout.column(of: mark.value, on: across).map({ Int($0.rounded()) })
      else { continue }
      picture.fill(x: column, y: layout.lower, width: 1, height: 6, with: .faintText)
      let width = Picture.width(of: mark.text, scale: Self.textScale)
      // The last number must not leave the picture.
      let x = min(column - width / 2, layout.width - width - 4)
      picture.write(
        mark.text, x: x, y: layout.lower + 10, color: .faintText, scale: Self.textScale)
    }
  }

  private func drawWords(on picture: inout Picture, in layout: ChartLayout) {
    picture.write(
      title, x: layout.left, y: layout.top + 20, color: .text, scale: Self.textScale)
    let width = Picture.width(of: caption, scale: Self.textScale)
    picture.write(
      caption, x: layout.right - width, y: layout.lower + 30, color: .faintText,
      scale: Self.textScale)
    let legend = Legend(
      entries: lines.map { Legend.Entry(color: $0.color, caption: $0.name) },
      scale: Self.textScale)
    let start =
      layout.left + Picture.width(of: title, scale: Self.textScale) + 4 * Self.textHeight
    // A legend too long to stand at the right begins behind the title.
    legend.drawRow(
      on: &picture, x: max(layout.right - legend.rowWidth, start), y: layout.top + 20)
  }

  private func draw(
    _ line: Line, on picture: inout Picture, in layout: ChartLayout, across: ChartAxis,
    upward: ChartAxis
  ) {
    // Few points are told from the lines between them.
    let hasDots = line.points.count * 12 < layout.right - layout.left
    var last: (x: Double, y: Double)?
    for point in line.points {
      guard let x = layout.column(of: point.x, on: across),
        let y = layout.row(of: point.y, on: upward)
      else {
        last = nil
        continue
      }
      if let last { picture.drawLine(from: last, to: (x, y), color: line.color) }
      if hasDots {
        picture.fillDisc(
          centerX: Float(x) + 0.5, centerY: Float(y) + 0.5, radius: 3, with: line.color)
      }
      last = (x, y)
    }
  }
}

extension ChartLayout {
  /// The column of a value, from `left` to `right`.
  fileprivate func column(of value: Double, on axis: ChartAxis) -> Double? {
    axis.position(of: value).map { Double(left) + $0 * Double(right - left) }
  }

  /// The row of a value, from `lower` up to `upper`.
  fileprivate func row(of value: Double, on axis: ChartAxis) -> Double? {
    axis.position(of: value).map { Double(lower) - $0 * Double(lower - upper) }
  }
}

extension Picture {
  /// Draws a straight line, a pixel and a half thick, with soft edges.
  fileprivate mutating func drawLine(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), color: RGB
  ) {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let isFlat = abs(dx) >= abs(dy)
    let count = max(Int(max(abs(dx), abs(dy)).rounded(.up)), 1)
    for step in 0..<count {
      let share = Double(step) / Double(count)
      let (x, y) = (start.x + share * dx, start.y + share * dy)
      let (along, beside) = isFlat ? (x, y) : (y, x)
      for near in Int(beside.rounded()) - 1...Int(beside.rounded()) + 1 {
        // A pixel reaches half a pixel to both sides.
        let covered = min(Float(1.25 - abs(Double(near) - beside)), 1)
        let (column, row) = isFlat ? (Int(along.rounded()), near) : (near, Int(along.rounded()))
        if covered > 0 { blend(color, x: column, y: row, share: covered) }
      }
    }
  }
}
