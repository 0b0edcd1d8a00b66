import PCLBridge
import PointClouds

/// The checked body of a PCD or PLY file, ready for PCL.
struct RecordBody {
  enum Source {
    /// These bytes of the file, as they are.
    case file(Range<Int>)
    /// The file's text in a plain form.
    case rewritten([UInt8])
  }

  var layout: RecordLayout
  /// How many whole points there are.
  var count: Int
  var source: Source
  var damage: PointCloudIOError?
  var notes: [String] = []

  init(layout: RecordLayout, count: Int, source: Source) {
    self.layout = layout
    self.count = count
    self.source = source
  }

  /// The records that follow a header up to the end of the file.
  init(
    _ file: FileContent, binary layout: RecordLayout, _ claimed: Int, _ start: Int
  ) throws(PointCloudIOError) {
    let step = layout.step
    let whole = step == 0 ? 0 : min(claimed, (file.count - start) / step)
    let end = start + whole * step
    self.init(layout: layout, count: whole, source: .file(start..<end))
    if whole < claimed {
      damage = file.damaged(
        "\(claimed) points of \(step) bytes are claimed, \(file.count - start) bytes follow",
        at: end)
    } else if end < file.count {
      damage = file.damaged("\(file.count - end) bytes after the last point", at: end)
    }
  }

  /// Has PCL read the body, and makes a scan of its records.
  ///
  /// - Throws: the damage, where not one point is whole.
  func scan(
    of file: FileContent, as format: ScanFormat,
    reading: (RecordLayout, Int, UnsafeRawBufferPointer) -> PCLRecords?
  ) throws(PointCloudIOError) -> ReadScan {
    if count == 0, let damage { throw damage }
    let (size, isTooLarge) = count.multipliedReportingOverflow(by: layout.step)
    guard !isTooLarge, size <= Int(Int32.max) else {
      throw PointCloudIOError(
        .exhausted, "\(count) points of \(layout.step) bytes are more than 2 GiB",
        remedy: "Split the file.", path: file.path)
    }
    var records = PCLRecords(fields: layout.pclFields, count: 0, step: layout.step, bytes: [])
    if count > 0 {
      let read =
        switch source {
        case .file(let range): file.withBytes(range) { reading(layout, count, $0) }
        case .rewritten(let text): text.withUnsafeBytes { reading(layout, count, $0) }
        }
      guard let read, read.count == count, read.fields == layout.pclFields else {
        throw file.unsupported(
          "PCL refuses this file", at: 0, remedy: "Convert it to binary PCD with other software.")
      }
      records = read
    }
    let assembly: ScanAssembly
    do throws(ScanAssembly.MissingCoordinate) {
      assembly = try ScanAssembly(
        RecordColumn.columns(of: records, layout), count: records.count)
    } catch {
      throw file.unsupported(
        "the points have no field \"\(error.name)\"", at: 0,
        remedy: "Name the coordinates x, y and z.")
    }
    return ReadScan(
      scan: assembly.scan, format: format, path: file.path, damage: damage,
      notes: notes + assembly.notes)
  }

  /// What to say where PCL does not write a scan, which it does for want of memory only.
  static func refused(count: Int) -> PointCloudIOError {
    PointCloudIOError(
      .exhausted, "no memory to write \(count) points", remedy: "Write fewer points to a file.")
  }
}
