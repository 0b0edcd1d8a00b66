import RangeImages
import Testing

@testable import Export

/// The made-up scan that exported files are checked with.
@Suite struct GoldenScanTests {
  private static let geometries = [
    ImageGeometry.kittiFront, .kittiFull, .rangeNet,
    ImageGeometry(
      rows: 16, columns: 64, left: 45, right: -45, rowRule: .elevation, maximumRange: 15),
  ]

  @Test(arguments: geometries) func itIsTheSameAtEveryCall(_ geometry: ImageGeometry) {
    #expect(GoldenScan.image(of: geometry) == GoldenScan.image(of: geometry))
  }

  @Test(arguments: geometries) func itHasSurfacesAndHoles(_ geometry: ImageGeometry) {
    let image = GoldenScan.image(of: geometry)
    let filled = image.pointIndex.count { $0 >= 0 }
    #expect(filled > image.count / 2 && filled < image.count)
    let ranges = image.range.filter { $0 > 0 }
    #expect(ranges.count == filled)
    #expect((ranges.max() ?? 0) > 2 * (ranges.min() ?? 0))
    #expect((ranges.max() ?? 0) <= Float(geometry.maximumRange ?? 80))
  }

  @Test(arguments: geometries) func pointsLieWhereTheirCellsLook(_ geometry: ImageGeometry) {
    let image = GoldenScan.image(of: geometry)
    for cell in 0..<image.count where image.pointIndex[cell] >= 0 {
      let (x, y, z) = (image.x[cell], image.y[cell], image.z[cell])
      let range = (x * x + y * y + z * z).squareRoot()
      #expect(abs(range - image.range[cell]) < 1e-3)
      #expect(z >= -1.731 && image.intensity[cell] > 0 && image.intensity[cell] <= 1)
    }
  }

  @Test func whatIsToTheLeftIsInTheLeftColumns() {
    let image = GoldenScan.image(of: .kittiFront)
    let row = 20
    #expect(image.y[row * 512 + 10] > 0 && image.y[row * 512 + 500] < 0)
  }
}
