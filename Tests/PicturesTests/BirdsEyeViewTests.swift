import Pictures
import PointClouds
import Testing

private let palette = [
  ClassStyle(name: "background", color: RGB(0x33_4455)),
  ClassStyle(name: "car", color: RGB(0xAA_BB00)),
]

private func cloud(_ points: [(Float, Float, Float)]) -> PointCloud {
  PointCloud(
    x: points.map(\.0), y: points.map(\.1), z: points.map(\.2),
    intensity: points.map { _ in 0 })
}

/// Where the pixels of a color lie in the picture of a view, without the legend's square.
private func pixels(
  of color: RGB, in view: BirdsEyeView, ground: Int
) -> [(column: Int, row: Int)] {
  let picture = view.picture()
  return picture.pixels.indices.filter { picture.pixels[$0] == color }
    .map { ($0 % picture.width, $0 / picture.width) }
    .filter { $0.0 < 16 + ground }
}

@Suite struct BirdsEyeViewTests {
  private let limits = BirdsEyeView.Limits(x: -10...10, y: -10...10)

  @Test func aPointAheadAndToTheLeftIsDrawnAboveAndLeft() throws {
    let view = BirdsEyeView(
      of: cloud([(5, 8, 0), (-6, -6, 0), (-6, -6, 0)]), coloring: .classes([1, 0, 0], palette),
      limits: limits, size: 200)
    let found = pixels(of: palette[1].color, in: view, ground: 200)
    try #require(!found.isEmpty)
    // 10 pixels per metre, behind a margin of 16: column (10 - 8) * 10, row (10 - 5) * 10.
    #expect(found.allSatisfy { abs($0.column - 36) <= 2 && abs($0.row - 66) <= 2 })
  }

  @Test func aRarePointIsDrawnOverFrequentOnes() {
    let points = [(Float, Float, Float)](repeating: (4, 4, 0), count: 50)
    let view = BirdsEyeView(
      of: cloud(points), coloring: .classes([1] + [UInt8](repeating: 0, count: 49), palette),
      limits: limits, size: 200)
    #expect(!pixels(of: palette[1].color, in: view, ground: 200).isEmpty)
  }

  @Test(
    arguments: [
      [], [(0, 0, 0)], [(.nan, .nan, .nan)], [(.infinity, 1, 1), (1, -.infinity, 1), (1, 1, .nan)],
      [(1e38, -1e38, 1e38), (-3e38, 3e38, -3e38)], [(1e-37, 0, -1e-37), (5, 5, 5)],
    ] as [[(Float, Float, Float)]])
  func anyPointsMakeAPicture(points: [(Float, Float, Float)]) throws {
    let byHeight = BirdsEyeView(of: cloud(points), size: 120, title: "Heights")
    #expect(DecodedPNG(try byHeight.picture().pngData()) != nil)
    let classes = [UInt8](repeating: 200, count: points.count)
    let byClass = BirdsEyeView(of: cloud(points), coloring: .classes(classes, palette), size: 120)
    #expect(DecodedPNG(try byClass.picture().pngData()) != nil)
  }

  @Test func limitsFollowThePointsButNotTheirOutliers() {
    let street = (0..<1000).map { (Float($0) * 0.05, Float($0 % 21) - 10, Float(0)) }
    let view = BirdsEyeView(of: cloud(street + [(5000, 9000, 0)]))
    #expect(view.limits.x.upperBound > 49 && view.limits.x.upperBound < 60)
    #expect(view.limits.y.contains(10) && view.limits.y.upperBound < 20)
    #expect(view.limits.x.contains(0) && view.limits.y.contains(0))
  }

  @Test(arguments: [
    BirdsEyeView.Limits(x: 100...140, y: -300...(-280)), .init(x: 1e6...2e6, y: 0...1e5),
    .init(x: 0...0.5, y: 0...0.1),
  ])
  func limitsFarFromTheSensorMakeAPicture(limits: BirdsEyeView.Limits) throws {
    let view = BirdsEyeView(of: cloud([(120, -290, 1)]), limits: limits, size: 100)
    #expect(DecodedPNG(try view.picture().pngData()) != nil)
  }

  // Glyphs are seven rows of two pixels, below a margin of sixteen.
  @Test func aCaptionChangesNothingButItsOwnRows() {
    let plain = BirdsEyeView(of: cloud([(1, 1, 1)]), size: 400, title: " ").picture()
    let titled = BirdsEyeView(of: cloud([(1, 1, 1)]), size: 400, title: "Abc 123").picture()
    let changed = zip(plain.pixels, titled.pixels).enumerated().filter { $1.0 != $1.1 }
    #expect(!changed.isEmpty)
    #expect(changed.allSatisfy { (16..<30).contains($0.offset / plain.width) })
  }
}
