import Pictures
import RangeImages
import Segmentation

extension RangeImageStrips {
  /// Range, intensity and classes of a scan's range image; `classes` are those of its points.
  init(of result: SegmentedScan, classes: [UInt8], _ palette: ClassPalette) {
    let image = result.projection.image
    self.init(rows: image.rows, columns: image.columns, cellWidth: image.columns > 1024 ? 1 : 2)
    add(.range(image.range), caption: "range, m")
    add(.intensity(image.intensity), caption: "intensity")
    let cells = image.pointIndex.map { index in
      index >= 0 ? classes[Int(index)] : Content.emptyCell
    }
    add(.classes(cells, palette.styles), caption: "labels")
  }
}
