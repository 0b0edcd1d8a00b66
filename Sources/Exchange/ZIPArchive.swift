import CZlib
import Foundation

/// A ZIP file read into memory: names and contents of its entries.
///
/// Stored and deflated entries are read; sizes and checksums are verified, and no entry is taken to
/// be larger than it says.
struct ZIPArchive {
  private struct Entry {
    var method: Int
    var checksum: UInt32
    var compressedSize: Int
    var size: Int
    var headerOffset: Int
  }

  private let bytes: Data
  private let path: String
  private var entries: [String: Entry] = [:]

  /// Names of the entries in alphabetical order.
  var names: [String] { entries.keys.sorted() }

  init(_ bytes: Data, path: String) throws(ExchangeError) {
    self.bytes = Data(bytes)
    self.path = path
    guard let end = lastPosition(of: 0x0605_4b50), end + 22 <= bytes.count else {
      throw damaged("no ZIP directory is found at the end", at: max(0, bytes.count - 22))
    }
    var offset = integer(at: end + 16, width: 4)
    var packedSize = 0
    for _ in 0..<integer(at: end + 10, width: 2) {
      guard offset + 46 <= end, integer(at: offset, width: 4) == 0x0201_4b50 else {
        throw damaged("an entry of the ZIP directory is damaged", at: offset)
      }
      let nameLength = integer(at: offset + 28, width: 2)
      let length =
        46 + nameLength + integer(at: offset + 30, width: 2) + integer(at: offset + 32, width: 2)
      guard offset + length <= end else {
        throw damaged("an entry of the ZIP directory is cut off", at: offset)
      }
      let name = String(
        decoding: self.bytes[(offset + 46)..<(offset + 46 + nameLength)], as: UTF8.self)
      entries[name] = Entry(
        method: integer(at: offset + 10, width: 2),
        checksum: UInt32(integer(at: offset + 16, width: 4)),
        compressedSize: integer(at: offset + 20, width: 4),
        size: integer(at: offset + 24, width: 4),
        headerOffset: integer(at: offset + 42, width: 4))
      packedSize += integer(at: offset + 20, width: 4)
      // Entries that share bytes could be any number of times as large as the file.
      guard packedSize <= bytes.count else {
        throw damaged("entries of the ZIP directory are larger than the file", at: offset)
      }
      offset += length
    }
  }

  /// The uncompressed bytes of an entry; nothing if there is none of this name.
  func contents(of name: String) throws(ExchangeError) -> Data? {
    guard let entry = entries[name] else { return nil }
    let header = entry.headerOffset
    guard header + 30 <= bytes.count, integer(at: header, width: 4) == 0x0403_4b50 else {
      throw damaged("the entry \(name) has no header", at: header)
    }
    let start =
      header + 30 + integer(at: header + 26, width: 2) + integer(at: header + 28, width: 2)
    guard start + entry.compressedSize <= bytes.count else {
      throw damaged("the entry \(name) is cut off", at: start)
    }
    let packed = bytes[start..<(start + entry.compressedSize)]
    guard
      let content = entry.method == 0
        ? Data(packed) : entry.method == 8 ? inflated(packed, entry.size) : nil,
      content.count == entry.size, checksum(of: content) == entry.checksum
    else {
      throw damaged("the entry \(name) does not unpack to its \(entry.size) bytes", at: start)
    }
    return content
  }

  private func inflated(_ packed: Data, _ size: Int) -> Data? {
    // Deflate packs at most about 1:1032; a larger claim is a lie that must not be allocated.
    guard size <= packed.count * 1_040 + 64 else { return nil }
    var stream = z_stream()
    let windowBits: Int32 = -15
    guard
      inflateInit2_(
        &stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var source = [UInt8](packed)
    var target = [UInt8](repeating: 0, count: size)
    let status = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    return status == Z_STREAM_END && Int(stream.total_out) == size ? Data(target) : nil
  }

  private func checksum(of content: Data) -> UInt32 {
    [UInt8](content).withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }

  private func lastPosition(of signature: Int) -> Int? {
    let first = max(0, bytes.count - 65_557)
    return stride(from: bytes.count - 22, through: first, by: -1).first {
      integer(at: $0, width: 4) == signature
    }
  }

  /// A little-endian number; the caller has checked that it lies inside the file.
  private func integer(at offset: Int, width: Int) -> Int {
    (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }

  private func damaged(_ message: String, at offset: Int) -> ExchangeError {
    ExchangeError(
      .damaged, message, remedy: "copy the archive again; this one is incomplete or altered",
      path: path, offset: offset)
  }
}
