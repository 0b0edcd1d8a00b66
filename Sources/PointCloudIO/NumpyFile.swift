import PointClouds

/// Reads SqueezeSeg's arrays and plain arrays of points; writes the latter.
///
/// [H, W, 6] or [H, W, 5]: rows are beams, a cell is x, y, z, intensity, depth and a class; a cell
/// whose position is zero is empty, and depth is not kept, since the position gives it. [N, C]: a
/// row is x, y, z, intensity, label (that far as C goes), further columns are kept as fields.
package enum NumpyFile {
  /// SqueezeSeg's classes as raw ids of SemanticKITTI: everything else, car, pedestrian, cyclist.
  ///
  /// Class 0 is what no box was around: background, not unlabelled.
  package static let squeezeSegClasses: [UInt16] = [99, 10, 30, 31]

  static func read(_ file: FileContent) throws(PointCloudIOError) -> ReadScan {
    let header = try NumpyHeader(file)
    guard header.element.isReal else {
      throw file.unsupported(
        "whole numbers are no positions", at: 8,
        remedy: "Convert the array with astype(\"<f4\").")
    }
    guard header.shape.count != 4 else {
      throw file.unsupported(
        "an array of shape \(header.shape) is several images, not one", at: header.bodyStart,
        remedy: "Name it as a data set, which takes each of them as a scan.")
    }
    let isImage = header.shape.count == 3
    guard let channels = header.shape.last,
      isImage ? 5...6 ~= channels : header.shape.count == 2 && 3...64 ~= channels
    else {
      throw file.unsupported(
        "an array of shape \(header.shape) is no image [H, W, 5 or 6] and no points [N, 3 to 64]",
        at: header.bodyStart, remedy: "Save it as an array of one of these shapes.")
    }
    let (cells, damage) = try wholeCells(file, header, channels)
    let values = NumpyValues(file, header)
    var result = ReadScan(
      scan: Scan(cloud: PointCloud()), format: .squeezeSegNpy, path: file.path, damage: damage)
    if isImage {
      let image = NumpyImage(count: cells, width: values.width, height: values.height)
      image.read(channels == 6 ? .squeezeSeg : nil, into: &result) { values[$0, $1] }
    } else {
      readPoints(values, cells, channels, into: &result)
    }
    return result
  }

  /// How many cells or rows are whole, and what is wrong with the length.
  private static func wholeCells(
    _ file: FileContent, _ header: NumpyHeader, _ channels: Int
  ) throws(PointCloudIOError) -> (count: Int, damage: PointCloudIOError?) {
    var size = header.element.size
    for count in header.shape {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: count)
      guard !isTooLarge else {
        throw file.damaged("shape \(header.shape) is more than any file", at: 8)
      }
      size = product
    }
    let step = channels * header.element.size
    let left = file.count - header.bodyStart
    if left >= size {
      let damage = file.damaged(
        "\(left - size) bytes after the array", at: header.bodyStart + size)
      return (size / step, left == size ? nil : damage)
    }
    let damage = file.damaged(
      "shape \(header.shape) takes \(size) bytes, \(left) follow", at: file.count)
    // Column after column: no cell is whole before the last column is.
    guard !header.isColumnMajor, left >= step else { throw damage }
    return (left / step, damage)
  }

  private static func readPoints(
    _ values: NumpyValues, _ count: Int, _ channels: Int, into result: inout ReadScan
  ) {
    func column(_ channel: Int) -> [Double] { (0..<count).map { values[$0, channel] } }
    func floats(_ channel: Int) -> [Float] { column(channel).map { Float($0) } }
    var cloud = PointCloud(
      x: floats(0), y: floats(1), z: floats(2),
      intensity: channels > 3 ? floats(3) : [Float](repeating: 0, count: count))
    if channels == 3 { result.notes.append("the points have no intensity: it is taken as 0") }
    var labels: [PointLabel]?
    for channel in 4..<max(4, channels) {
      let numbers = column(channel)
      if channel == 4, let bits = ScanAssembly.integers(numbers, as: UInt32.self) {
        labels = bits.map { PointLabel(rawValue: $0) }
        result.notes.append("the fifth column is taken as labels")
      } else {
        let storage: ExtraField.Storage = values.element.size == 4 ? .float32 : .float64
        cloud.extraFields.append(
          ExtraField(name: "column\(channel + 1)", values: numbers, storage: storage))
      }
    }
    result.scan = Scan(cloud: cloud, labels: labels)
  }

  static func write(_ scan: Scan) -> [UInt8] {
    let cloud = scan.cloud
    let channels = scan.labels == nil ? 4 : 5
    // 32-bit floats hold integers up to 2^24; labels with instances need more.
    let isWide = scan.labels?.contains { $0.rawValue > 1 << 24 } ?? false
    let element: NumpyHeader.Element = isWide ? .little64 : .little32
    var bytes = NumpyHeader.bytes(element, shape: [cloud.count, channels])
    let start = bytes.count
    let step = channels * element.size
    bytes.append(contentsOf: repeatElement(0, count: cloud.count * step))
    var columns = [cloud.x, cloud.y, cloud.z, cloud.intensity].map { $0.map(Double.init) }
    if let labels = scan.labels { columns.append(labels.map { Double($0.rawValue) }) }
    for (index, column) in columns.enumerated() {
      let offset = start + index * element.size
      if isWide {
        Columns.store(column, into: &bytes, offset: offset, step: step) { $0.bitPattern }
      } else {
        Columns.store(column, into: &bytes, offset: offset, step: step) { Float($0).bitPattern }
      }
    }
    return bytes
  }
}

/// The values of an array as cells with channels, whatever the order of their bytes and axes.
private struct NumpyValues {
  let element: NumpyHeader.Element
  let height: Int
  let width: Int
  private let bytes: [UInt8]
  private let start: Int
  private let strides: (row: Int, column: Int, channel: Int)

  init(_ file: FileContent, _ header: NumpyHeader) {
    bytes = file.bytes
    start = header.bodyStart
    element = header.element
    let channels = header.shape[header.shape.count - 1]
    height = header.shape[0]
    width = header.shape.count == 3 ? header.shape[1] : 1
    strides =
      header.isColumnMajor
      ? (1, height, height * width) : (width * channels, channels, 1)
  }

  /// A value of a cell, counted row by row.
  subscript(cell: Int, channel: Int) -> Double {
    let index =
      cell / width * strides.row + cell % width * strides.column + channel * strides.channel
    let offset = start + index * element.size
    return bytes.withUnsafeBytes { element.value(in: $0, at: offset) }
  }
}
