/// A data packet of an Ouster sensor: some neighbouring columns of one frame.
public struct OusterPacket: Equatable, Sendable {
  /// All of it.
  public let bytes: [UInt8]
  /// Where it has what.
  public let format: OusterPacketFormat
  /// The frame's number; it begins anew at 65536, or at 2^32 for functional safety.
  public let frameNumber: Int64
  /// Which packet of its frame it is.
  public let number: Int
  /// When its first valid column was measured, in nanoseconds of the sensor's clock.
  public let time: Int64

  let frame: OusterFrame

  /// Takes a datagram's payload.
  ///
  /// - Throws: `unsupported` where it is of another size than the metadata says, `damaged` where no
  ///   column tells which packet of a frame it is.
  public init(_ payload: [UInt8], of metadata: OusterMetadata) throws(PacketsError) {
    try self.init(payload, format: metadata.format, frame: metadata.frame)
  }

  init(
    _ payload: [UInt8], format: OusterPacketFormat, frame: OusterFrame
  ) throws(PacketsError) {
    guard payload.count == format.byteCount else {
      throw PacketsError(
        .unsupported,
        "a payload of \(payload.count) bytes; data packets have \(format.byteCount)",
        remedy: "Count it and go on.")
    }
    (bytes, self.format, self.frame) = (payload, format, frame)
    let columns = OusterColumns(bytes: payload, format: format)
    guard let leader = columns.leader(frame) else {
      throw PacketsError(
        .damaged, "its columns are of no frame of \(frame.columnCount) columns",
        remedy: "Count it and go on.", offset: format.place(ofColumn: 0) + 8)
    }
    frameNumber = columns.frameNumber(leader)
    number = columns.measurement(leader) / frame.columnsPerPacket
    time = columns.time(leader)
  }

  /// When a column was measured, in nanoseconds of the sensor's clock.
  func time(ofColumn index: Int) -> Int64 { columns.time(index) }

  /// The number of a column in its turn; its own claim is that where `isValid`.
  func measurement(ofColumn index: Int) -> Int { number * format.columnsPerPacket + index }

  /// Whether a column holds measurements, and those of its place in the frame.
  func isValid(column index: Int) -> Bool {
    columns.isValid(index) && columns.measurement(index) == measurement(ofColumn: index)
      && measurement(ofColumn: index) < frame.columnCount
      && columns.frameNumber(index) == frameNumber
  }

  private var columns: OusterColumns { OusterColumns(bytes: bytes, format: format) }
}

extension OusterPacket: SequencedPacket {
  /// Frames begin anew: the one nearest to the reference's.
  func position(near reference: PacketPosition?) -> PacketPosition {
    let perFrame = Int64(frame.packetCount)
    var frameIndex = frameNumber
    if let reference {
      let (cycle, last) = (format.frameCycle, reference.place.floorDivided(by: perFrame))
      var difference = (frameNumber &- last).floorRemainder(by: cycle)
      if difference >= cycle / 2 { difference -= cycle }
      frameIndex = last &+ difference
    }
    return PacketPosition(place: frameIndex &* perFrame &+ Int64(number), time: time)
  }

  /// A packet is all that there is of its columns.
  func repeats(_ other: Self) -> Bool { true }
}

extension Int64 {
  /// The quotient that is nearest to it and not above.
  func floorDivided(by divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// What is left of it above a whole multiple, never negative.
  func floorRemainder(by divisor: Self) -> Self {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
