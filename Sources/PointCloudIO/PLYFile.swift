import PCLBridge
import PointClouds

/// Reads and writes PLY files through PCL, which sees nothing but headers written here around
/// bodies checked here.
///
/// Of the elements only `vertex` is read.
enum PLYFile {
  static func read(_ file: FileContent) throws(PointCloudIOError) -> ReadScan {
    let header = try PLYHeader(file)
    guard let index = header.elements.firstIndex(where: { $0.name == "vertex" }) else {
      throw file.unsupported(
        "the header has no element \"vertex\"", at: 0, remedy: "Export the points as vertices.")
    }
    let vertex = header.elements[index]
    guard vertex.step != nil else {
      throw file.unsupported(
        "the vertices have a list property", at: 0, remedy: "Export them without lists.")
    }
    let start = try PLYElements.end(of: header.elements[..<index], header, file, header.bodyStart)
    guard let start else {
      throw file.damaged("the file ends before its first vertex", at: file.count)
    }
    let layout = RecordLayout(
      fields: vertex.properties.map { .init(name: $0.name, element: $0.element) })
    guard layout.step > 0 else {
      throw file.damaged("the vertices have no properties", at: header.bodyStart)
    }
    var (body, end) = vertices(file, header, layout, vertex.count, from: start)
    let others = header.elements[(index + 1)...]
    if body.damage == nil {
      body.damage = try damage(after: end, others, header, file)
    }
    let leftOut = header.elements.filter { $0.name != "vertex" && $0.count > 0 }.map(\.name)
    if !leftOut.isEmpty {
      body.notes.append("elements left out: \(leftOut.joined(separator: ", "))")
    }
    return try body.scan(of: file, as: .ply) { layout, count, bytes in
      let text = PLYHeader.text(layout.anonymous, count: count, encoding: header.encoding)
      return PCLFiles.readPLY(header: text, body: bytes)
    }
  }

  private static func vertices(
    _ file: FileContent, _ header: PLYHeader, _ layout: RecordLayout, _ claimed: Int,
    from start: Int
  ) -> (body: RecordBody, end: Int) {
    if header.encoding == .ascii {
      let rows = TextRows(file.bytes, from: start, elements: layout.elements, limit: claimed)
      var body = RecordBody(layout: layout, count: rows.count, source: .rewritten(rows.text))
      body.damage = rows.problem.map { file.damaged($0, at: rows.end) }
      return (body, rows.end)
    }
    let whole = min(claimed, (file.count - start) / layout.step)
    let end = start + whole * layout.step
    var body = RecordBody(layout: layout, count: whole, source: .file(start..<end))
    if whole < claimed {
      body.damage = file.damaged(
        "\(claimed) vertices of \(layout.step) bytes are claimed, \(file.count - start) bytes follow",
        at: end)
    }
    return (body, end)
  }

  private static func damage(
    after end: Int, _ others: ArraySlice<PLYHeader.Element>, _ header: PLYHeader,
    _ file: FileContent
  ) throws(PointCloudIOError) -> PointCloudIOError? {
    guard let last = try PLYElements.end(of: others, header, file, end) else {
      return file.damaged("the file ends inside the elements after its vertices", at: end)
    }
    let isRest =
      header.encoding == .ascii ? TextRows.isBlank(file.bytes, from: last) : last == file.count
    return isRest
      ? nil : file.damaged("\(file.count - last) bytes after the last element", at: last)
  }

  static func write(
    _ scan: Scan, encoding: ScanEncoding
  ) throws(PointCloudIOError) -> [UInt8] {
    guard encoding != .binaryCompressed else {
      throw PointCloudIOError(
        .unsupported, "PLY has no compressed encoding", remedy: "Write it as binary, or as pcd.")
    }
    let written = ScanRecords(scan)
    let count = scan.cloud.count
    let header = PLYHeader.text(
      written.layout, count: count, encoding: encoding == .ascii ? .ascii : .littleEndian)
    guard count > 0 else { return Array(header.utf8) }
    let bytes = PCLFiles.ply(
      written.records, encoding: encoding == .ascii ? .ascii : .binary,
      precision: written.layout.precision)
    guard let bytes, let start = HeaderLines.end(of: "end_header", in: bytes) else {
      throw RecordBody.refused(count: count)
    }
    // PCL's vertices under a plain header, without the camera that PCL appends.
    let end =
      encoding == .ascii
      ? TextRows.skip(count, in: bytes, from: start) : start + count * written.layout.step
    guard let end, end <= bytes.count else { throw RecordBody.refused(count: count) }
    return Array(header.utf8) + bytes[start..<end]
  }
}
