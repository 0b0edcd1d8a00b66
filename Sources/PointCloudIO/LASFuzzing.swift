/// Has the reader of LAS files read any bytes; the outcome does not matter, a crash does.
package func fuzzLAS(_ bytes: [UInt8]) {
  do {
    let read = try LASFile.read(FileContent(path: "bytes", bytes: bytes))
    for version in LASVersion.allCases { _ = try LASWriting.bytes(of: read.scan, version: version) }
  } catch {
    // An error is as good an outcome as points.
  }
}
