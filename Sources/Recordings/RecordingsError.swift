import PointCloudIO

/// What went wrong in reading or writing a recording or one of its messages.
public struct RecordingsError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The file or folder cannot be opened, read or listed.
    case unreadable
    /// The content contradicts its format.
    case damaged
    /// The content ends before its format does: it was cut off, or is still being written.
    case cut
    /// The content is no recording.
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
  /// The byte in the file, or in the message, where it was noticed.
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

extension RecordingsError {
  /// Content that contradicts its format.
  static func damaged(
    _ message: String, path: String? = nil, at offset: Int? = nil,
    remedy: String = "Copy or record the file again."
  ) -> RecordingsError {
    RecordingsError(.damaged, message, remedy: remedy, path: path, offset: offset)
  }

  /// Content that ends too early.
  static func cut(_ message: String, path: String? = nil, at offset: Int? = nil) -> RecordingsError
  {
    RecordingsError(
      .cut, message, remedy: "Copy the file again, or wait until it is written.", path: path,
      offset: offset)
  }

  /// The same error at a place in a file.
  func located(in path: String, at offset: Int? = nil) -> RecordingsError {
    var error = self
    error.path = path
    error.offset = offset ?? error.offset
    return error
  }
}

extension RecordingsError {
  /// What is wrong with a file that cannot be written.
  init(_ error: PointCloudIOError) {
    self.init(
      error.code == .exhausted ? .exhausted : .unwritable, error.message, remedy: error.remedy,
      path: error.path, offset: error.offset)
  }

  /// Does what writes a file.
  static func writing<Result>(
    _ body: () throws(PointCloudIOError) -> Result
  ) throws(RecordingsError) -> Result {
    do throws(PointCloudIOError) {
      return try body()
    } catch {
      throw RecordingsError(error)
    }
  }
}
