/// Where a data packet of Ouster has what: columns of pixels, mostly between a header and a footer.
public struct OusterPacketFormat: Equatable, Sendable {
  /// What stands before the columns.
  public enum Header: String, Sendable {
    /// Nothing: every column says its frame, and its status behind its pixels.
    case none = "NONE"
    case standard = "STANDARD"
    /// That of functional safety, whose frames count to 32 bits.
    case functionalSafety = "FUSA"
  }

  /// How pixels are written.
  public let profile: OusterProfile
  /// What stands before the columns.
  public let header: Header
  /// How many pixels, one above the other, a column has.
  public let pixelsPerColumn: Int
  /// How many columns a packet has.
  public let columnsPerPacket: Int

  /// A format; the legacy profile has no header, whichever is given.
  ///
  /// - Precondition: there are pixels and columns.
  init(
    _ profile: OusterProfile, header: Header = .standard, pixelsPerColumn: Int,
    columnsPerPacket: Int
  ) {
    precondition(
      pixelsPerColumn > 0 && columnsPerPacket > 0,
      "a packet of \(columnsPerPacket) columns of \(pixelsPerColumn) pixels")
    self.profile = profile
    self.header = profile == .legacy ? .none : header
    self.pixelsPerColumn = pixelsPerColumn
    self.columnsPerPacket = columnsPerPacket
  }

  /// How long a packet is.
  public var byteCount: Int { 2 * headerLength + columnsPerPacket * columnLength }

  /// Bytes of the header, and of the footer.
  var headerLength: Int { header == .none ? 0 : 32 }
  /// Bytes of a column before its pixels.
  var columnHeaderLength: Int { header == .none ? 16 : 12 }
  /// Bytes of a column.
  var columnLength: Int {
    columnHeaderLength + pixelsPerColumn * profile.pixelLength + (header == .none ? 4 : 0)
  }

  /// Where a column begins: with its time (8 bytes) and its measurement's number (2 bytes).
  func place(ofColumn index: Int) -> Int { headerLength + index * columnLength }

  /// Where a column has its status, the lowest bit of which says that it is valid.
  func statusPlace(ofColumn index: Int) -> Int {
    place(ofColumn: index) + (header == .none ? columnLength - 4 : 10)
  }

  /// Where the frame's number is, and how many bytes it has.
  func framePlace(ofColumn index: Int) -> (place: Int, length: Int) {
    switch header {
    case .none: (place(ofColumn: index) + 10, 2)
    case .standard: (2, 2)
    case .functionalSafety: (4, 4)
    }
  }

  /// Where the sensor's number is, of five bytes; nil where packets do not say it.
  var serialPlace: Int? {
    switch header {
    case .none: nil
    case .standard: 7
    case .functionalSafety: 11
    }
  }

  /// After how many frames their numbers begin anew.
  var frameCycle: Int64 { header == .functionalSafety ? 1 << 32 : 1 << 16 }
}
