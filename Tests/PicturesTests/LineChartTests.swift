import Pictures
import Testing

@Suite struct LineChartTests {
  private static let red = RGB(0xFF_0000)

  private func picture(
    _ points: [(x: Double, y: Double)], scale: LineChart.Scale = .linear
  ) -> Picture {
    // Without a name, so that the line is all that is red but for the square in the legend.
    let line = LineChart.Line(name: "", color: Self.red, points: points)
    let chart = LineChart(title: "t", caption: "x", scale: scale, lines: [line])
    return LineChart.picture(of: [chart], width: 400)
  }

  /// Where the line is, by column: the middle of its rows below the legend.
  private func rows(_ picture: Picture) -> [Int: Double] {
    var rows: [Int: [Int]] = [:]
    for y in 48..<picture.height {
      for x in 0..<picture.width where picture[x, y].red > 200 && picture[x, y].green < 60 {
        rows[x, default: []].append(y)
      }
    }
    return rows.mapValues { Double($0.reduce(0, +)) / Double($0.count) }
  }

  @Test func risingValuesRise() throws {
    let rows = rows(picture([(0, 0), (10, 10)]))
    let (first, last) = (try #require(rows.keys.min()), try #require(rows.keys.max()))
    #expect(last - first > 250)
    let (low, high) = (try #require(rows[first]), try #require(rows[last]))
    #expect(low - high > 150)
    let middle = try #require(rows[(first + last) / 2])
    #expect(abs(middle - (low + high) / 2) < 3)
  }

  @Test func factorsAreEqualHeightsOnALogarithmicScale() throws {
    let points = [(0.0, 1.0), (5.0, 10.0), (10.0, 100.0)].map { (x: $0.0, y: $0.1) }
    func bend(_ scale: LineChart.Scale) throws -> Double {
      let rows = rows(picture(points, scale: scale))
      let (first, last) = (try #require(rows.keys.min()), try #require(rows.keys.max()))
      let (low, high) = (try #require(rows[first]), try #require(rows[last]))
      return try abs(#require(rows[(first + last) / 2]) - (low + high) / 2)
    }
    #expect(try bend(.logarithmic) < 3)
    #expect(try bend(.linear) > 50)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 0, -1])
  func whatAnAxisCannotShowIsAGap(value: Double) throws {
    let points = [1, 1, value, 1, 1].enumerated().map { (x: Double($0), y: $1) }
    let rows = rows(picture(points, scale: .logarithmic))
    let (first, last) = (try #require(rows.keys.min()), try #require(rows.keys.max()))
    #expect(rows[(first + last) / 2] == nil)
    #expect(rows[first + (last - first) / 8] != nil && rows[last - (last - first) / 8] != nil)
  }

  @Test(arguments: [[], [0], [1e-12], [3e9], [-5], [7, 7, 7], [.nan]] as [[Double]])
  func anyNumbersGiveAPicture(values: [Double]) {
    for scale in [LineChart.Scale.linear, .logarithmic] {
      let points = values.enumerated().map { (x: Double($0), y: $1) }
      #expect(picture(points, scale: scale).width == 400)
    }
  }
}
