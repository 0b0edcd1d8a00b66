#if Viewer
/// Why a sweep cannot be shown, a step not done or a file not written, in words for the page.
package struct SweepFault: Error, Equatable, Sendable, Encodable {
  /// What kind of thing is wrong.
  package enum Kind: String, Sendable, Encodable {
    /// There is no sweep of this number.
    case absent
    /// Newer sweeps took its place.
    case gone
    /// It cannot be read or labelled.
    case failed
    /// It makes no sense, or is not allowed here.
    case refused
    /// Another page has the right to change something.
    case taken
    /// The disk is full, or what is written cannot be.
    case full
  }

  /// What kind of thing is wrong.
  package var kind: Kind
  /// One sentence: what is wrong.
  package var message: String
  /// One sentence: what to do about it.
  package var remedy: String

  /// A fault; see the properties.
  package init(_ kind: Kind, _ message: String, remedy: String) {
    (self.kind, self.message, self.remedy) = (kind, message, remedy)
  }
}
#endif
