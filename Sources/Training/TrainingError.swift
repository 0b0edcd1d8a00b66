/// What went wrong in training.
public struct TrainingError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// A figure of the configuration is out of its range, or two contradict each other.
    case invalidConfiguration
    /// Scans, labels or shards are not what they should be.
    case unsuitableData
    /// A file or folder cannot be read.
    case unreadable
    /// A file's content contradicts its format.
    case damaged
    /// A checkpoint is of another network or another recipe.
    case mismatched
    /// A file cannot be written.
    case unwritable
    /// The disk is full.
    case exhausted
    /// The loss or a tensor is no longer a finite number.
    case diverged
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
