import PCLBridge
import PointClouds

/// Reads and writes PCD files through PCL, which sees nothing but headers written here around
/// bodies checked here.
enum PCDFile {
  static func read(_ file: FileContent) throws(PointCloudIOError) -> ReadScan {
    let header = try PCDHeader(file)
    var body: RecordBody
    switch header.encoding {
    case .ascii: body = try textBody(file, header)
    case .binary: body = try RecordBody(file, binary: header.layout, header.count, header.bodyStart)
    case .binaryCompressed: body = try compressedBody(file, header)
    }
    if header.hasViewpoint {
      body.notes.append("the file's VIEWPOINT is left out: points stay in the file's frame")
    }
    return try body.scan(of: file, as: .pcd) { layout, count, bytes in
      let text = PCDHeader.text(layout.anonymous, count: count, encoding: header.encoding)
      return PCLFiles.readPCD(header: text, body: bytes)
    }
  }

  private static func textBody(
    _ file: FileContent, _ header: PCDHeader
  ) throws(PointCloudIOError) -> RecordBody {
    let rows = TextRows(
      file.bytes, from: header.bodyStart, elements: header.layout.elements, limit: header.count)
    var body = RecordBody(layout: header.layout, count: rows.count, source: .rewritten(rows.text))
    if let problem = rows.problem {
      body.damage = file.damaged(problem, at: rows.end)
    } else if !TextRows.isBlank(file.bytes, from: rows.end) {
      body.damage = file.damaged("text after the \(header.count) points", at: rows.end)
    }
    return body
  }

  /// Compressed bodies hold column after column: nothing can be saved of a broken one.
  private static func compressedBody(
    _ file: FileContent, _ header: PCDHeader
  ) throws(PointCloudIOError) -> RecordBody {
    let start = header.bodyStart
    var body = RecordBody(layout: header.layout, count: header.count, source: .file(start..<start))
    if header.count == 0 { return body }
    guard file.count >= start + 8 else {
      throw file.damaged("the file ends before the sizes of its packed data", at: file.count)
    }
    let sizes = Columns.column(file.bytes, offset: start, step: 4, count: 2) { (size: UInt32) in
      Int(UInt32(littleEndian: size))
    }
    let end = start + 8 + sizes[0]
    guard end <= file.count else {
      throw file.damaged(
        "\(sizes[0]) bytes of packed data are claimed, \(file.count - start - 8) follow", at: start)
    }
    // PCL leaves padding, the fields named "_", out of packed data; others keep it.
    let padless = RecordLayout(fields: header.layout.fields.filter { $0.name != "_" })
    guard
      let layout = [header.layout, padless].first(where: {
        let (size, isTooLarge) = $0.step.multipliedReportingOverflow(by: header.count)
        return !isTooLarge && size == sizes[1]
      })
    else {
      throw file.damaged(
        "\(sizes[1]) unpacked bytes are claimed for \(header.count) points of "
          + "\(header.layout.step) bytes", at: start + 4)
    }
    let problem = file.withBytes(start + 8..<end) {
      CompressedBody.problem(of: $0, unpackingTo: sizes[1])
    }
    if let problem { throw file.damaged(problem.message, at: start + 8 + problem.offset) }
    body.layout = layout
    body.source = .file(start..<end)
    if end < file.count {
      body.damage = file.damaged("\(file.count - end) bytes after the packed data", at: end)
    }
    return body
  }

  static func write(
    _ scan: Scan, encoding: ScanEncoding
  ) throws(PointCloudIOError) -> [UInt8] {
    let written = ScanRecords(scan)
    let header = PCDHeader.text(written.layout, count: scan.cloud.count, encoding: encoding)
    guard scan.cloud.count > 0 else { return Array(header.utf8) }
    let native: PCLEncoding =
      switch encoding {
      case .ascii: .ascii
      case .binary: .binary
      case .binaryCompressed: .binaryCompressed
      }
    let bytes = PCLFiles.pcd(
      written.records, encoding: native, precision: written.layout.precision)
    guard let bytes, let body = HeaderLines.end(of: "DATA", in: bytes) else {
      throw RecordBody.refused(count: scan.cloud.count)
    }
    // PCL's body under a header with the fields' own names.
    return Array(header.utf8) + bytes[body...]
  }
}
