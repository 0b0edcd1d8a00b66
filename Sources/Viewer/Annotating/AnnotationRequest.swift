#if Viewer
package import Annotation

/// A step that a page asks for; the body of `POST /api/steps`.
package struct AnnotationRequest: Codable, Equatable, Sendable {
  /// Who asks: the page that may change something.
  package var writer: String
  /// The sweep's number.
  package var sweep: Int
  /// What to do.
  package var action: Action

  /// What to do to a sweep.
  package enum Action: Codable, Equatable, Sendable {
    /// Makes an object of what stands at a point.
    case click(point: Int, objectClass: ObjectClass)
    /// Makes an object of chosen points.
    case gather(points: PointRuns, objectClass: ObjectClass)
    /// Makes another object of some points of an object.
    case split(id: UInt16, points: PointRuns)
    /// Fits the box of an object anew, around its points.
    case fit(id: UInt16)
    /// Does an operation as it is.
    case change(AnnotationOperation)
    /// Takes the last step back, whichever sweep it was done to.
    case undo
    /// Does what was last taken back again.
    case redo
    /// Lets the tracks carry the objects to the next sweep, where nobody did anything yet.
    case carry
  }

  /// A request; see the properties.
  package init(writer: String, sweep: Int, action: Action) {
    (self.writer, self.sweep, self.action) = (writer, sweep, action)
  }
}

/// Who wants to be the page that may change something; the body of `POST /api/writer`.
struct WriterRequest: Decodable, Sendable {
  var writer: String
  /// Whether it takes the right from another page.
  var takes: Bool
}

/// Who wants files written; the body of `POST /api/saves`.
struct SaveRequest: Decodable, Sendable {
  var writer: String
}
#endif
