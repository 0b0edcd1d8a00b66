/// What went wrong in making or writing a picture.
public struct PicturesError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The file cannot be written.
    case unwritable
    /// There is no room for the file.
    case exhausted
    /// The picture has more pixels than its format holds.
    case tooLarge
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
