/// What went wrong with a search.
public struct SearchError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// A figure of the configuration is out of its range.
    case invalidConfiguration
    /// A latency table is of other networks, of another machine or kernels, or in another unit.
    case table
    /// No network of the space takes as long, or as short, as is wanted.
    case unreachable
    /// A run in the folder is of another search, or damaged.
    case mismatched
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
    (self.code, self.message, self.remedy, self.path) = (code, message, remedy, path)
  }
}
