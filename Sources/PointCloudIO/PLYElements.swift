import PCLBridge

/// Finds its way past elements of a PLY file that are not read.
enum PLYElements {
  /// Where the bytes after `elements` start, or nothing where the file ends before.
  static func end(
    of elements: ArraySlice<PLYHeader.Element>, _ header: PLYHeader, _ file: FileContent,
    _ start: Int
  ) throws(PointCloudIOError) -> Int? {
    var offset = start
    for element in elements {
      let next =
        if header.encoding == .ascii {
          // One without properties has no line that could be told from an empty one.
          element.properties.isEmpty
            ? offset : TextRows.skip(element.count, in: file.bytes, from: offset)
        } else if let step = element.step {
          end(of: element.count, step: step, file, offset)
        } else {
          try listsEnd(element, header, file, offset)
        }
      guard let next else { return nil }
      offset = next
    }
    return offset
  }

  private static func end(of count: Int, step: Int, _ file: FileContent, _ start: Int) -> Int? {
    let (size, isTooLarge) = count.multipliedReportingOverflow(by: step)
    return isTooLarge || size > file.count - start ? nil : start + size
  }

  /// Each list has a length of at least one byte, so this ends with the file at the latest.
  private static func listsEnd(
    _ element: PLYHeader.Element, _ header: PLYHeader, _ file: FileContent, _ start: Int
  ) throws(PointCloudIOError) -> Int? {
    var offset = start
    for _ in 0..<element.count {
      for property in element.properties {
        var length = 1
        if let type = property.listCount {
          guard offset + type.size <= file.count else { return nil }
          length = listLength(file.bytes[offset..<offset + type.size], type, header.encoding)
          guard length >= 0 else {
            throw file.damaged("a list of \(length) values", at: offset)
          }
          offset += type.size
        }
        guard let next = end(of: length, step: property.element.size, file, offset) else {
          return nil
        }
        offset = next
      }
    }
    return offset
  }

  private static func listLength(
    _ bytes: ArraySlice<UInt8>, _ type: PCLElement, _ encoding: PLYHeader.Encoding
  ) -> Int {
    let ordered = encoding == .bigEndian ? Array(bytes) : bytes.reversed()
    let bits = ordered.reduce(0) { $0 << 8 | Int($1) }
    return switch type {
    case .int8: Int(Int8(truncatingIfNeeded: bits))
    case .int16: Int(Int16(truncatingIfNeeded: bits))
    case .int32: Int(Int32(truncatingIfNeeded: bits))
    default: bits
    }
  }
}
