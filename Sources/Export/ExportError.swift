/// What went wrong in writing a model in another program's format.
package struct ExportError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  package enum Code: String, Sendable {
    /// The format has no way to say what a node computes.
    case unsupported
    /// The model's parts do not suit each other, or what is asked for.
    case mismatched
    /// The folder of an export cannot be read.
    case unreadable
    /// The folder's own description contradicts itself.
    case damaged
  }

  /// What kind of thing is wrong.
  package var code: Code
  /// One sentence: what is wrong, with the values that show it.
  package var message: String
  /// One sentence: what to do about it.
  package var remedy: String
  /// The file or folder, where there is one.
  package var path: String?

  /// An error; see the properties.
  package init(_ code: Code, _ message: String, remedy: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
  }

  /// Why a model that learned with images of other than 8 bits is not written.
  static func imageRounding(at node: String) -> ExportError {
    ExportError(
      .unsupported,
      "node \(node): rangeRounding to other than 8 bits has no form here",
      remedy: "let the model learn with rounding.imageBits 8, or without it")
  }
}
