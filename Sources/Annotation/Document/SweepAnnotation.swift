public import PointClouds

/// An object of one sweep, as its annotators left it.
public struct AnnotatedObject: Codable, Equatable, Sendable {
  /// How sure it is.
  public enum State: String, CaseIterable, Codable, Sendable {
    /// A model or a track made it, and nobody has looked at it.
    case predicted
    /// An annotator changed it.
    case edited
    /// An annotator says that it is right.
    case confirmed
  }

  /// Its number, above 0: that of its track, and the instance of its points' labels.
  public var id: UInt16
  /// What it is.
  public var objectClass: ObjectClass
  /// Its box, where it has one.
  public var box: OrientedBox?
  /// How sure it is.
  public var state: State

  /// An object; see the properties.
  public init(id: UInt16, objectClass: ObjectClass, box: OrientedBox?, state: State) {
    self.id = id
    self.objectClass = objectClass
    self.box = box
    self.state = state
  }

  /// The label of its points.
  public var label: PointLabel { PointLabel(semantic: objectClass.semantic, instance: id) }
}

/// What is annotated in one sweep: a label for each point, and the objects by their numbers.
public struct SweepAnnotation: Equatable, Sendable {
  /// One label per point; the instance of an object's points is its number.
  public internal(set) var labels: [PointLabel]
  /// The objects by their numbers.
  public internal(set) var objects: [UInt16: AnnotatedObject] = [:]

  /// A sweep without objects.
  public init(labels: [PointLabel]) {
    self.labels = labels
  }

  /// The points of an object, in rising order.
  public func points(of id: UInt16) -> [Int] {
    labels.indices.filter { labels[$0].instance == id }
  }
}
