/// What went wrong in reading or writing a scan, its labels, or a folder of them.
public struct PointCloudIOError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The file or folder cannot be opened, read or listed.
    case unreadable
    /// The content contradicts its format.
    case damaged
    /// The content fits no known format, or more than one.
    case unrecognised
    /// The format is known and this variant of it is not read.
    case unsupported
    /// The output cannot be written.
    case unwritable
    /// A resource ran out: disk, memory.
    case exhausted
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file or folder, where there is one.
  public var path: String?
  /// The byte in the file where it was noticed.
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
