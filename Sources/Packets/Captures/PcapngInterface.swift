/// What a pcapng file says of one interface.
struct PcapngInterface: Sendable {
  let linkType: UInt32
  /// Packets are cut to so many bytes; 0 where they are not.
  let longestPacket: Int
  /// The unit of times: ten, or two, to the power of minus `exponent` seconds.
  private var base = 10
  private var exponent = 6
  /// What to add to times, in seconds.
  private var secondsOffset: Int64 = 0

  /// Reads the body of an interface description block; nil where it is too short.
  init?(_ body: ByteReader, _ order: ByteOrder) {
    guard let link = body.uint16(0, order), let longest = body.uint32(4, order) else { return nil }
    linkType = UInt32(link)
    longestPacket = Int(longest)
    var place = 8
    while let code = body.uint16(place, order), let length = body.uint16(place + 2, order),
      code != 0, let value = body.part(from: place + 4, count: Int(length))
    {
      if code == 9, let resolution = value.byte(0) {
        base = resolution & 0x80 == 0 ? 10 : 2
        exponent = Int(resolution & 0x7f)
      } else if code == 14, let seconds = value.uint64(0, order) {
        secondsOffset = Int64(bitPattern: seconds)
      }
      place += 4 + (Int(length) + 3) / 4 * 4
    }
  }

  /// Nanoseconds since 1970; nil where 64 bits do not hold them.
  func time(ticks: UInt64) -> Int64? {
    guard let passed = base == 10 ? decimal(ticks) : binary(ticks) else { return nil }
    let (offset, offsetOverflows) = secondsOffset.multipliedReportingOverflow(by: 1_000_000_000)
    let (time, overflows) = passed.addingReportingOverflow(offset)
    return offsetOverflows || overflows ? nil : time
  }

  private func decimal(_ ticks: UInt64) -> Int64? {
    var scale: UInt64 = 1
    for _ in 0..<min(abs(9 - exponent), 19) { scale *= 10 }
    if exponent > 9 { return Int64(exactly: ticks / scale) }
    let (nanoseconds, overflows) = ticks.multipliedReportingOverflow(by: scale)
    return overflows ? nil : Int64(exactly: nanoseconds)
  }

  private func binary(_ ticks: UInt64) -> Int64? {
    let product = ticks.multipliedFullWidth(by: 1_000_000_000)
    if exponent >= 64 { return Int64(exactly: product.high >> UInt64(exponent - 64)) }
    if exponent == 0 { return product.high == 0 ? Int64(exactly: product.low) : nil }
    guard product.high >> UInt64(exponent) == 0 else { return nil }
    return Int64(exactly: product.high << UInt64(64 - exponent) | product.low >> UInt64(exponent))
  }
}
