/// What the columns of a packet say of themselves.
///
/// - Precondition: the bytes are as many as the format says.
struct OusterColumns {
  let bytes: [UInt8]
  let format: OusterPacketFormat

  /// Nanoseconds of the sensor's clock.
  func time(_ index: Int) -> Int64 { number(at: format.place(ofColumn: index), length: 8) }

  /// Which column of its frame it is.
  func measurement(_ index: Int) -> Int {
    Int(number(at: format.place(ofColumn: index) + 8, length: 2))
  }

  func frameNumber(_ index: Int) -> Int64 {
    let (place, length) = format.framePlace(ofColumn: index)
    return number(at: place, length: length)
  }

  func isValid(_ index: Int) -> Bool { bytes[format.statusPlace(ofColumn: index)] & 1 == 1 }

  /// The column that says where the packet belongs: the first valid one that can be where it is; nil
  /// where there is none, and the others do not follow one another.
  func leader(_ frame: OusterFrame) -> Int? {
    let fits = { (index: Int) in
      let measurement = measurement(index)
      return measurement < frame.columnCount && measurement % format.columnsPerPacket == index
    }
    let indices = 0..<format.columnsPerPacket
    if let leader = indices.first(where: { isValid($0) && fits($0) }) { return leader }
    return fits(0) && areConsecutive ? 0 : nil
  }

  /// Whether each column is the next one of those before.
  var areConsecutive: Bool {
    let first = measurement(0)
    return (0..<format.columnsPerPacket).allSatisfy { measurement($0) == first + $0 }
  }

  private func number(at place: Int, length: Int) -> Int64 {
    var value: UInt64 = 0
    for index in 0..<length { value |= UInt64(bytes[place + index]) << UInt64(8 * index) }
    return Int64(truncatingIfNeeded: value)
  }
}
