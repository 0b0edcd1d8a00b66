/// What went wrong with a recipe.
public struct RecipeError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The file cannot be read.
    case unreadable
    /// The text is not a recipe.
    case malformed
    /// A key that no recipe has.
    case unknownKey
    /// A value of the wrong kind.
    case invalidValue
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The recipe's file, where there is one.
  public var path: String?

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, remedy: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
  }
}
