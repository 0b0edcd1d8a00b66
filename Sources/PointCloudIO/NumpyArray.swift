/// Any plain array in NumPy's format, for those who read more than scans from it.
package struct NumpyArray {
  /// Extents, outermost first; empty for a single number.
  package let shape: [Int]
  /// The values in row-major order.
  package let values: [Double]

  /// Parses a whole file; `path` names it in errors.
  ///
  /// - Throws: `.damaged` or `.unsupported`, with the offset.
  package init(_ bytes: [UInt8], path: String) throws(PointCloudIOError) {
    let file = FileContent(path: path, bytes: bytes)
    let header = try NumpyHeader(file)
    var count = 1
    for extent in header.shape {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: extent)
      guard !isTooLarge, product <= bytes.count else {
        throw file.damaged("shape \(header.shape) is more than the file", at: 8)
      }
      count = product
    }
    let size = header.element.size
    guard file.count - header.bodyStart == count * size else {
      throw file.damaged(
        "\(file.count - header.bodyStart) bytes for \(count) values of \(size)",
        at: header.bodyStart)
    }
    guard !header.isColumnMajor || header.shape.count < 2 else {
      throw file.unsupported(
        "the array is stored column by column", at: header.bodyStart,
        remedy: "Save numpy.ascontiguousarray of it.")
    }
    shape = header.shape
    values = bytes.withUnsafeBytes { bytes in
      (0..<count).map { header.element.value(in: bytes, at: header.bodyStart + $0 * size) }
    }
  }
}
