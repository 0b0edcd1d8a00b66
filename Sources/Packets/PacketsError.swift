/// What went wrong in reading a capture or a sensor's packets.
public struct PacketsError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The file cannot be opened or read.
    case unreadable
    /// The bytes are the beginning of no capture, or of no sensor's packet.
    case unrecognised
    /// The bytes end in the middle of something.
    case truncated
    /// The content contradicts its format.
    case damaged
    /// The format is known and this variant of it is not read.
    case unsupported
    /// The sensor's angles are not known, or they do not fit it.
    case uncalibrated
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file, where there is one.
  public var path: String?
  /// The byte in the file or payload where it was noticed.
  public var offset: Int?

  /// An error; see the properties.
  public init(
    _ code: Code, _ message: String, remedy: String, path: String? = nil, offset: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
    self.offset = offset
  }
}
