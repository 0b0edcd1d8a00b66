import CZlib
import Foundation

/// A ZIP file built by hand, with NumPy arrays as entries.
struct SmallArchive {
  private var bytes = Data()
  private var directory = Data()
  private var count = 0
  private var last = Data()
  /// A `.npy` file of 32-bit numbers.
  static func array(_ shape: [Int], _ values: [Float]) -> Data {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    data += little(header.utf8.count, 2) + Data(header.utf8)
    for value in values { data += little(Int(value.bitPattern), 4) }
    return data
  }

  mutating func add(_ name: String, _ content: Data, deflated: Bool = false) {
    let packed = deflated ? Self.deflate(content) : content
    let checksum = [UInt8](content).withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    let common =
      Self.little(20, 2) + Self.little(0, 2) + Self.little(deflated ? 8 : 0, 2)
      + Self.little(0, 4) + Self.little(Int(checksum), 4) + Self.little(packed.count, 4)
      + Self.little(content.count, 4) + Self.little(name.utf8.count, 2) + Self.little(0, 2)
    let entry =
      Self.little(0x0201_4b50, 4) + Self.little(20, 2) + common + Self.little(0, 10)
      + Self.little(bytes.count, 4)
    list(name, entry)
    bytes += Self.little(0x0403_4b50, 4) + common + Data(name.utf8) + packed
    last = entry
  }

  /// Gives the bytes of the last entry another name, of the same length.
  mutating func repeatLast(as name: String) { list(name, last) }

  private mutating func list(_ name: String, _ entry: Data) {
    directory += entry + Data(name.utf8)
    count += 1
  }

  /// The whole file.
  var file: Data {
    bytes + directory + Self.little(0x0605_4b50, 4) + Self.little(0, 4) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(bytes.count, 4)
      + Self.little(0, 2)
  }

  private static func little(_ number: Int, _ width: Int) -> Data {
    Data((0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 })
  }

  /// Raw deflate: zlib's form without its header of two bytes and its checksum of four.
  private static func deflate(_ content: Data) -> Data {
    var packed = [UInt8](repeating: 0, count: content.count + 1000)
    var length = UInt(packed.count)
    _ = compress2(&packed, &length, [UInt8](content), UInt(content.count), 9)
    return Data(packed[2..<(Int(length) - 4)])
  }
}
