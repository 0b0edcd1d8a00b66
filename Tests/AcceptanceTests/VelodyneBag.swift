import Foundation

/// The payloads of Velodyne's data packets in a bag: ROS's `VelodyneScan` messages in SQLite.
struct VelodyneBag {
  private let bytes: [UInt8]
  private let pageLength: Int

  init(path: String) throws {
    bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    pageLength = Int(bytes[16]) << 8 | Int(bytes[17])
  }

  /// All packets, in the order of the messages.
  func payloads() -> [[UInt8]] {
    let schema = rows(ofTableAt: 1)
    let root = schema.first { $0.count == 5 && $0[1].elementsEqual(Array("messages".utf8)) }
    guard let root else { return [] }
    let page = root[3].reduce(0) { $0 << 8 | Int($1) }
    return rows(ofTableAt: page).flatMap { Self.packets(in: $0.last ?? []) }
  }

  /// The values of each row, as their bytes (SQLite's file format, section 2).
  private func rows(ofTableAt page: Int) -> [[[UInt8]]] {
    let start = (page - 1) * pageLength
    let header = page == 1 ? start + 100 : start
    let isInterior = bytes[header] == 5
    let count = number(header + 3, 2)
    let cells = (0..<count).map { start + number(header + (isInterior ? 12 : 8) + 2 * $0, 2) }
    guard isInterior else { return cells.map { row(at: $0) } }
    let children = cells.map { number($0, 4) } + [number(header + 8, 4)]
    return children.flatMap { rows(ofTableAt: $0) }
  }

  private func row(at cell: Int) -> [[UInt8]] {
    var place = cell
    let length = Self.varint(bytes, &place)
    _ = Self.varint(bytes, &place)
    let longest = pageLength - 35
    let least = (pageLength - 12) * 32 / 255 - 23
    let fitting = least + (length - least) % (pageLength - 4)
    let local = length <= longest ? length : fitting <= longest ? fitting : least
    var record = Array(bytes[place..<(place + local)])
    var next = length > local ? number(place + local, 4) : 0
    while next > 0, record.count < length {
      let start = (next - 1) * pageLength
      record += bytes[(start + 4)..<(start + min(pageLength, length - record.count + 4))]
      next = number(start, 4)
    }
    return Self.values(of: record)
  }

  private static func values(of record: [UInt8]) -> [[UInt8]] {
    var place = 0
    let headerLength = varint(record, &place)
    var lengths: [Int] = []
    while place < headerLength {
      let type = varint(record, &place)
      lengths.append(type >= 12 ? (type - 12) / 2 : [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type])
    }
    return lengths.map { length in
      defer { place += length }
      return Array(record[place..<(place + length)])
    }
  }

  /// CDR of a header (time, frame), and a sequence of packets, each a time and 1206 bytes.
  private static func packets(in message: [UInt8]) -> [[UInt8]] {
    let little = { (place: Int) in
      (0..<4).reduce(0) { $0 | Int(message[place + $1]) << (8 * $1) }
    }
    let align = { (place: Int) in (place + 3) / 4 * 4 }
    var place = align(16 + little(12))
    let count = little(place)
    place += 4
    return (0..<count).map { _ in
      let start = align(place) + 8
      place = start + 1206
      return Array(message[start..<place])
    }
  }

  private func number(_ place: Int, _ size: Int) -> Int {
    bytes[place..<(place + size)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func varint(_ bytes: [UInt8], _ place: inout Int) -> Int {
    var value = 0
    for _ in 0..<9 {
      let byte = bytes[place]
      place += 1
      value = value << 7 | Int(byte & 0x7f)
      if byte < 128 { break }
    }
    return value
  }
}
