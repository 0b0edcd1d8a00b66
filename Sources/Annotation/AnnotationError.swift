/// What went wrong in annotating scans, or in keeping what was annotated.
public struct AnnotationError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// An operation names an object, a point or a sweep that is not there, or makes no sense.
    case invalidOperation
    /// Another process annotates in the same folder.
    case locked
    /// A journal contradicts itself.
    case damaged
    /// A file or folder cannot be read.
    case unreadable
    /// The output cannot be written.
    case unwritable
    /// The disk is full.
    case exhausted
    /// Two things do not belong together, or one would overwrite the other.
    case mismatch
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
