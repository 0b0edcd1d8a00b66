import Pictures
import Testing

private let palette = [
  ClassStyle(name: "background", color: RGB(0x33_4455)),
  ClassStyle(name: "car", color: RGB(0xAA_BB00)),
]

@Suite struct RangeImageStripsTests {
  @Test func everyCellIsARectangleOfItsClassColor() throws {
    var strips = RangeImageStrips(rows: 2, columns: 3, cellWidth: 4, cellHeight: 5)
    strips.add(.classes([0, 0, 1, 0, 0, 1], palette), caption: "labels")
    let picture = strips.picture()
    // Two cells one above the other, and the square of the legend (14 x 14 pixels).
    #expect(picture.pixels.count { $0 == palette[1].color } == 2 * 4 * 5 + 14 * 14)
    #expect(picture.pixels.count { $0 == palette[0].color } == 4 * 4 * 5 + 14 * 14)
  }

  @Test func aClassThatThePaletteLacksIsShownInMagenta() {
    var strips = RangeImageStrips(rows: 1, columns: 2, cellWidth: 1, cellHeight: 1)
    strips.add(.classes([7, RangeImageStrips.Content.emptyCell], palette), caption: "")
    #expect(strips.picture().pixels.count { $0 == RGB(0xFF_00FF) } == 1 + 14 * 14)
  }

  @Test func aLegendWithoutRoomBesideItsCaptionStandsBelowIt() {
    func height(_ caption: String) -> Int {
      var strips = RangeImageStrips(rows: 1, columns: 1, cellWidth: 300, cellHeight: 1)
      strips.add(.classes([0], [palette[1]]), caption: caption)
      return strips.picture().height
    }
    #expect(height("a caption of 20 signs") > height("short"))
  }

  @Test func emptyCellsDifferFromEveryDistance() {
    var strips = RangeImageStrips(rows: 1, columns: 6, cellWidth: 1, cellHeight: 1)
    let empty: [Float] = [0, -1, .nan, .infinity, -.infinity, -0]
    strips.add(.range(empty), caption: "range")
    var full = RangeImageStrips(rows: 1, columns: 6, cellWidth: 1, cellHeight: 1)
    full.add(.range([0.001, 1, 10, 90, 1e30, .greatestFiniteMagnitude]), caption: "range")
    let difference = zip(strips.picture().pixels, full.picture().pixels).count { $0 != $1 }
    #expect(difference == 6)
  }

  @Test(
    arguments: [
      [Float](repeating: 0, count: 8), [Float](repeating: .nan, count: 8),
      [0, 1e-30, 1, 1e30, .infinity, -.infinity, .nan, -5],
    ] as [[Float]])
  func anyValuesMakeAPicture(values: [Float]) throws {
    var strips = RangeImageStrips(rows: 2, columns: 4)
    strips.add(.range(values), caption: "range")
    strips.add(.intensity(values), caption: "intensity")
    #expect(DecodedPNG(try strips.picture().pngData()) != nil)
  }
}
