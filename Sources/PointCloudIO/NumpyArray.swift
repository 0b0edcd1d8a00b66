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

extension NumpyArray {
  /// The bytes of a file that holds 32-bit floats in row-major order.
  package static func bytes(shape: [Int], values: [Float]) -> [UInt8] {
    precondition(
      shape.reduce(1, *) == values.count, "\(values.count) values for the shape \(shape)")
    let extents = shape.map { "\($0), " }.joined()
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents))}"
    // The body starts at a multiple of 64, after 10 bytes and a header that ends with a new line.
    header += String(repeating: " ", count: (128 - (11 + header.utf8.count) % 64) % 64) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + values.count * 4)
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}
