/// One packet of a capture, as the interface saw it.
public struct CapturePacket: Equatable, Sendable {
  /// When it was captured, in nanoseconds since 1970; nil where the file does not say.
  public var time: Int64?
  /// What its first header is: a LINKTYPE number, 1 for Ethernet.
  public var linkType: UInt32
  /// The captured bytes, from the link's header on.
  public var bytes: [UInt8]
  /// How long the packet was; more than `bytes.count` where the capture cut it.
  public var originalLength: Int
  /// Where its record begins in the file.
  public var offset: Int

  /// A packet; see the properties.
  public init(
    time: Int64?, linkType: UInt32, bytes: [UInt8], originalLength: Int, offset: Int = 0
  ) {
    self.time = time
    self.linkType = linkType
    self.bytes = bytes
    self.originalLength = originalLength
    self.offset = offset
  }
}
