/// What went wrong with a comparison of scans.
public struct RealismError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// There is nothing to compare.
    case empty
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file or folder, where there is one.
  public var path: String?

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, remedy: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
  }
}
