/// What went wrong in planning or running a graph.
public struct ExecutionError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// A parameter is missing or of another shape.
    case parameters
    /// An input is missing, unexpected, or of another shape.
    case inputs
    /// A latency table does not have what a network needs.
    case table
    /// A latency table cannot be read.
    case unreadable
    /// A file is no latency table, or holds figures that none has.
    case damaged
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file, where there is one.
  public var path: String?

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, remedy: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
  }
}
