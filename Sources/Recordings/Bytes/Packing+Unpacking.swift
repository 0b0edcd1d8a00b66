import CZstd

extension Packing {
  /// How many bytes so many packed ones may become.
  ///
  /// Recorded points do not reach it, and it fits memory. A claim of more is not believed.
  static func largestCount(from packed: Int) -> Int {
    let (product, isTooLarge) = packed.multipliedReportingOverflow(by: 1024)
    return isTooLarge ? Int.max : max(product, 1 << 26)
  }

  /// Unpacks bytes, which become exactly `expected` ones where that is known.
  ///
  /// Memory grows with what is unpacked, never with what is claimed.
  ///
  /// - Throws: `.damaged`, without a place.
  package func unpack(
    _ packed: [UInt8], to expected: UInt64? = nil
  ) throws(RecordingsError) -> [UInt8] {
    let limit = Self.largestCount(from: packed.count)
    if let expected, expected > UInt64(limit) {
      throw .damaged("\(packed.count) packed bytes are claimed to become \(expected)")
    }
    let unpacked =
      self == .none ? packed : try unpack(packed, atMost: expected.map(Int.init) ?? limit)
    if let expected, unpacked.count != Int(expected) {
      throw .damaged("\(unpacked.count) of \(expected) unpacked bytes are there")
    }
    return unpacked
  }

  private func unpack(_ packed: [UInt8], atMost limit: Int) throws(RecordingsError) -> [UInt8] {
    guard let stream = UnpackingStream(self) else {
      throw RecordingsError(
        .exhausted, "no memory to unpack \(rawValue) data", remedy: "Close other programs.")
    }
    var unpacked: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(limit + 1, max(4096, 4 * packed.count), 1 << 20))
    var position = 0
    var isWhole = packed.isEmpty && limit == 0
    // A full piece may leave more to come though all packed bytes are taken.
    var mayHaveMore = false
    while position < packed.count || mayHaveMore {
      let step = packed.withUnsafeBytes { packed in
        piece.withUnsafeMutableBytes { piece in
          stream.step(UnsafeRawBufferPointer(rebasing: packed[position...]), into: piece)
        }
      }
      guard let step, step.consumed > 0 || step.produced > 0 else {
        throw .damaged("\(rawValue) data is damaged at its byte \(position)")
      }
      position += step.consumed
      unpacked.append(contentsOf: piece[..<step.produced])
      isWhole = step.isAtEnd
      guard unpacked.count <= limit else {
        throw .damaged("\(rawValue) data unpacks to more than \(limit) bytes")
      }
      mayHaveMore = !step.isAtEnd && step.produced == piece.count
      if isWhole, self == .bzip2 { break }
    }
    guard isWhole, position == packed.count else {
      throw .damaged("\(rawValue) data \(isWhole ? "is followed by other bytes" : "breaks off")")
    }
    return unpacked
  }

  /// Packs bytes with Zstandard, for readers that want small files; nothing where memory ran out.
  static func zstdPacked(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8]? {
    let room = ZSTD_compressBound(bytes.count)
    var isWritten = false
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      let count = bytes.withUnsafeBytes { bytes in
        ZSTD_compress(buffer.baseAddress, room, bytes.baseAddress, bytes.count, level)
      }
      guard ZSTD_isError(count) == 0 else { return }
      isWritten = true
      filled = count
    }
    return isWritten ? packed : nil
  }
}
