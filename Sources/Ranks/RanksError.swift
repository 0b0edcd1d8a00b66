/// What went wrong between processes that work together.
public struct RanksError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// There is no Open MPI library, or it cannot be started.
    case unavailable
    /// MPI reports an error; another process may have ended.
    case failed
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}
