import PointClouds

/// What an operation changes in a sweep, so that it can be done and undone.
struct SweepChange: Equatable, Sendable {
  /// The points whose labels change.
  private(set) var points: [Int] = []
  private var oldLabels: [PointLabel] = []
  private var newLabels: [PointLabel] = []
  /// The objects that change, before and after; nothing where one is not there.
  private var objects: [UInt16: (old: AnnotatedObject?, new: AnnotatedObject?)] = [:]

  static func == (one: Self, other: Self) -> Bool {
    one.points == other.points && one.oldLabels == other.oldLabels
      && one.newLabels == other.newLabels && one.objects.keys == other.objects.keys
      && one.objects.allSatisfy {
        other.objects[$0]?.old == $1.old && other.objects[$0]?.new == $1.new
      }
  }

  /// Does the change.
  func apply(to sweep: inout SweepAnnotation) {
    for (point, label) in zip(points, newLabels) { sweep.labels[point] = label }
    for (id, object) in objects { sweep.objects[id] = object.new }
  }

  /// Takes the change back.
  func undo(in sweep: inout SweepAnnotation) {
    for (point, label) in zip(points, oldLabels) { sweep.labels[point] = label }
    for (id, object) in objects { sweep.objects[id] = object.old }
  }

  private mutating func label(_ some: [Int], _ label: PointLabel, in sweep: SweepAnnotation) {
    for point in some where sweep.labels[point] != label {
      points.append(point)
      oldLabels.append(sweep.labels[point])
      newLabels.append(label)
    }
  }

  private mutating func set(_ id: UInt16, _ new: AnnotatedObject?, in sweep: SweepAnnotation) {
    objects[id] = (sweep.objects[id], new)
  }
}

extension SweepChange {
  /// What an operation changes in a sweep.
  ///
  /// - Throws: `invalidOperation` where it names an object or a point that is not there, a number that
  ///   is taken, or a box without size.
  init(
    _ operation: AnnotationOperation, in sweep: SweepAnnotation
  ) throws(AnnotationError) {
    switch operation {
    case .setClass(let points, let semantic):
      label(try Self.checked(points, sweep), PointLabel(semantic: semantic), in: sweep)
    case .assign(let points, let id):
      let object = try Self.object(id, sweep)
      label(try Self.checked(points, sweep), object.label, in: sweep)
      set(id, object.edited, in: sweep)
    case .addObject(let object, let points):
      try add(object, try Self.checked(points, sweep), in: sweep)
    case .addObjects(let added):
      guard Set(added.map(\.object.id)).count == added.count else {
        throw Self.invalid("two objects have one number", "Give each its own.")
      }
      for item in added { try add(item.object, try Self.checked(item.points, sweep), in: sweep) }
    case .splitObject(let id, let points, let new):
      let object = try Self.object(id, sweep)
      let own = try Self.checked(points, sweep).filter { sweep.labels[$0].instance == id }
      guard !own.isEmpty else {
        throw Self.invalid("object \(id) has none of the points", "Choose points of the object.")
      }
      try add(new, own, in: sweep)
      set(id, object.edited, in: sweep)
    case .mergeObjects(let others, let id):
      try merge(others, into: id, in: sweep)
    case .setObjectClass(let id, let objectClass):
      var object = try Self.object(id, sweep).edited
      object.objectClass = objectClass
      label(sweep.points(of: id), object.label, in: sweep)
      set(id, object, in: sweep)
    case .confirm(let id):
      var object = try Self.object(id, sweep)
      object.state = .confirmed
      set(id, object, in: sweep)
    case .confirmObjects(let ids):
      for id in ids {
        var object = try Self.object(id, sweep)
        object.state = .confirmed
        set(id, object, in: sweep)
      }
    case .delete(let id):
      _ = try Self.object(id, sweep)
      label(sweep.points(of: id), .unlabelled, in: sweep)
      set(id, nil, in: sweep)
    case .moveBox, .resizeBox, .rotateBox, .setBox:
      try setBox(by: operation, in: sweep)
    }
  }

  private mutating func add(
    _ object: AnnotatedObject, _ points: [Int], in sweep: SweepAnnotation
  ) throws(AnnotationError) {
    guard object.id > 0, sweep.objects[object.id] == nil else {
      throw Self.invalid(
        "an object cannot have the number \(object.id)", "Take one above 0 that is free.")
    }
    guard object.box?.isValid ?? true else { throw Self.invalidBox(object.id) }
    label(points, object.label, in: sweep)
    set(object.id, object, in: sweep)
  }

  private mutating func merge(
    _ others: [UInt16], into id: UInt16, in sweep: SweepAnnotation
  ) throws(AnnotationError) {
    let object = try Self.object(id, sweep)
    for other in Set(others).subtracting([id]).sorted() {
      _ = try Self.object(other, sweep)
      label(sweep.points(of: other), object.label, in: sweep)
      set(other, nil, in: sweep)
    }
    set(id, object.edited, in: sweep)
  }

  private mutating func setBox(
    by operation: AnnotationOperation, in sweep: SweepAnnotation
  ) throws(AnnotationError) {
    let id: UInt16
    var box: OrientedBox?
    switch operation {
    case .moveBox(let moved, let offset):
      id = moved
      box = try Self.box(of: id, sweep)
      box?.bottom += offset
    case .resizeBox(let resized, let size, let place):
      id = resized
      box = try Self.box(of: id, sweep).resized(to: size, keeping: place)
    case .rotateBox(let turned, let angle):
      id = turned
      box = try Self.box(of: id, sweep)
      box?.heading += angle
    case .setBox(let given, let new):
      id = given
      box = new
    case .setClass, .assign, .addObject, .addObjects, .splitObject, .mergeObjects,
      .setObjectClass, .confirm, .confirmObjects, .delete:
      preconditionFailure("\(operation) changes no box")
    }
    var object = try Self.object(id, sweep).edited
    guard box?.isValid ?? true else { throw Self.invalidBox(id) }
    object.box = box
    set(id, object, in: sweep)
  }

  private static func object(
    _ id: UInt16, _ sweep: SweepAnnotation
  ) throws(AnnotationError) -> AnnotatedObject {
    guard let object = sweep.objects[id] else {
      throw invalid("there is no object \(id)", "Name one of the sweep's objects.")
    }
    return object
  }

  private static func box(
    of id: UInt16, _ sweep: SweepAnnotation
  ) throws(AnnotationError) -> OrientedBox {
    guard let box = try object(id, sweep).box else {
      throw invalid("object \(id) has no box", "Give it one first.")
    }
    return box
  }

  private static func checked(
    _ points: PointRuns, _ sweep: SweepAnnotation
  ) throws(AnnotationError) -> [Int] {
    if let first = points.runs.first, let last = points.runs.last,
      first.lowerBound < 0 || last.upperBound > sweep.labels.count
    {
      throw invalid(
        "points \(first.lowerBound)...\(last.upperBound - 1) of a sweep of "
          + "\(sweep.labels.count)", "Name points of this sweep.")
    }
    return points.indices
  }

  private static func invalidBox(_ id: UInt16) -> AnnotationError {
    invalid(
      "the box of object \(id) would have no size or no place",
      "Give lengths above 0 and finite numbers.")
  }

  private static func invalid(_ message: String, _ remedy: String) -> AnnotationError {
    AnnotationError(.invalidOperation, message, remedy: remedy)
  }
}

extension AnnotatedObject {
  /// The object as one that an annotator changed.
  fileprivate var edited: AnnotatedObject {
    var object = self
    object.state = .edited
    return object
  }
}
