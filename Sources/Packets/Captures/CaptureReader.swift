/// Packets out of the bytes of a pcap or pcapng file, which may come in pieces of any size.
///
/// Feed bytes with `append`, then take packets with `next` until it gives nil. What waits inside is
/// never more than what was fed, and at most one piece and one record of 16 MiB.
public struct CaptureReader: Sendable {
  private enum Format: Sendable {
    case pcap(PcapFormat)
    case pcapng(PcapngFormat)
  }

  private var buffer = CaptureBuffer()
  private var format: Format?
  private var failure: PacketsError?
  private let path: String?

  /// A reader of the file that errors are to name.
  public init(path: String? = nil) {
    self.path = path
  }

  /// How many bytes of the file are used.
  public var offset: Int { buffer.offset }

  /// Takes the next bytes of the file.
  public mutating func append(_ bytes: [UInt8]) {
    if failure == nil { buffer.append(bytes) }
  }

  /// The next packet; nil where it needs more bytes.
  ///
  /// - Throws: `unrecognised` at the beginning, `unsupported`, or `damaged` with the offset of the
  ///   record that cannot be; the same again from then on.
  public mutating func next() throws(PacketsError) -> CapturePacket? {
    if let failure { throw failure }
    do throws(PacketsError) {
      return try read()
    } catch {
      failure = error
      failure?.path = path
      throw failure ?? error
    }
  }

  /// Says that no more bytes come.
  ///
  /// Call it when `next` has given nil.
  ///
  /// - Throws: `truncated` where a record is not whole, or what `next` has thrown.
  public func finish() throws(PacketsError) {
    if let failure { throw failure }
    guard buffer.count > 0 || format == nil else { return }
    throw PacketsError(
      .truncated,
      format == nil
        ? "the file ends in its header, after \(buffer.count) bytes"
        : "the file ends \(buffer.count) bytes into a record",
      remedy: "Use the packets before it, or copy the file again.", path: path,
      offset: buffer.offset)
  }

  private mutating func read() throws(PacketsError) -> CapturePacket? {
    if format == nil {
      guard let start = buffer.peek(4), let magic = start.uint32(0, .big) else { return nil }
      if magic == PcapngFormat.sectionHeader {
        format = .pcapng(PcapngFormat())
      } else {
        guard let pcap = try PcapFormat(&buffer, magic: magic) else { return nil }
        format = .pcap(pcap)
      }
    }
    switch format {
    case .pcap(let pcap): return try pcap.next(&buffer)
    case .pcapng(var pcapng):
      format = nil
      defer { format = .pcapng(pcapng) }
      return try pcapng.next(&buffer)
    case nil: return nil
    }
  }
}

extension PacketsError {
  /// A record that contradicts the format, at a byte of the file.
  static func damaged(_ message: String, at offset: Int) -> Self {
    Self(
      .damaged, message, remedy: "Use the packets before it, or copy the file again.",
      offset: offset)
  }
}
