#if Viewer
/// What went wrong in serving the page.
package struct ViewerError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  package enum Code: String, Sendable {
    /// An address or a port cannot be listened to.
    case unreachable
  }

  /// What kind of thing is wrong.
  package var code: Code
  /// One sentence: what is wrong, with the values that show it.
  package var message: String
  /// One sentence: what to do about it.
  package var remedy: String

  /// An error; see the properties.
  package init(_ code: Code, _ message: String, remedy: String) {
    (self.code, self.message, self.remedy) = (code, message, remedy)
  }
}
#endif
