import PointClouds

/// Has the reader of a format, or of the one that is recognised, read any bytes, and has what it reads
/// written and read again; a crash matters, and that what is written is whole.
package func fuzzScan(_ bytes: [UInt8], as format: ScanFormat? = nil) {
  do throws(PointCloudIOError) {
    let file = FileContent(path: "bytes", bytes: bytes)
    let recognised = if let format { format } else { try ScanRecognition.format(of: file) }
    let read = try ScanFile.read(file, as: recognised)
    let count = read.scan.cloud.count
    guard count > 0, let written = written(read, encodings[bytes.count % encodings.count]) else {
      return
    }
    let again = try ScanFile.read(FileContent(path: "written", bytes: written), as: read.format)
    precondition(
      again.scan.cloud.count == count && again.damage == nil,
      "\(again.scan.cloud.count) of \(count) points are read back")
  } catch {
    precondition(error.path == "bytes", "what was written is not read: \(error.message)")
  }
}

/// An input's length chooses between them, so that each is had in turn.
private let encodings = ScanEncoding.allCases

/// The bytes of a scan in its own format; nothing where that has no such encoding, or no place for
/// what other formats hold.
private func written(_ read: ReadScan, _ encoding: ScanEncoding) -> [UInt8]? {
  try? ScanFile.bytes(of: read.scan, as: read.format, encoding: encoding)
}

/// Has the reader of arrays of any shape read any bytes; the outcome does not matter, a
/// crash does.
package func fuzzNumpy(_ bytes: [UInt8]) {
  do throws(PointCloudIOError) {
    let array = try NumpyArray(bytes, path: "bytes")
    precondition(
      array.values.count == array.shape.reduce(1, *),
      "\(array.values.count) values for the shape \(array.shape)")
  } catch {
    // An error is as good an outcome as an array.
  }
}

/// Has the reader of labels read any bytes; the outcome does not matter, a crash does.
package func fuzzLabels(_ bytes: [UInt8]) {
  do throws(PointCloudIOError) {
    let labels = try LabelFile.read(FileContent(path: "bytes", bytes: bytes))
    precondition(labels.count * 4 == bytes.count, "\(labels.count) labels of \(bytes.count) bytes")
  } catch {
    // An error is as good an outcome as labels.
  }
}
