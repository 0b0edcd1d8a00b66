import PointClouds

/// The annotations of some sweeps, with all that was done to them and can be undone.
public struct AnnotationDocument: Equatable, Sendable {
  /// The sweeps by name, as in DRIVE/FRAME.
  public private(set) var sweeps: [String: SweepAnnotation] = [:]
  private var done: [Step] = []
  private var undone: [Step] = []
  /// How many operations each sweep has behind it.
  private var changes: [String: Int] = [:]

  private struct Step: Equatable, Sendable {
    var sweep: String
    var change: SweepChange
  }

  /// A document without sweeps.
  public init() {}

  /// How many operations can be undone.
  public var undoCount: Int { done.count }
  /// How many operations can be done again.
  public var redoCount: Int { undone.count }

  /// Whether something was done to a sweep that was not taken back.
  public func isChanged(_ name: String) -> Bool { changes[name] ?? 0 > 0 }

  /// The least number above 0 that no object of a drive has, nor a point of one of its sweeps: tracks
  /// go by their numbers.
  public func freeID(inDriveOf name: String) -> UInt16? {
    let drive = name.prefix { $0 != "/" }
    var isTaken = [Bool](repeating: false, count: 1 << 16)
    isTaken[0] = true
    for (other, sweep) in sweeps where other.prefix(while: { $0 != "/" }) == drive {
      for id in sweep.objects.keys { isTaken[Int(id)] = true }
    }
    for label in sweeps[name]?.labels ?? [] { isTaken[Int(label.instance)] = true }
    return isTaken.firstIndex(of: false).map { UInt16($0) }
  }

  /// The sweep of the operation that would be taken back.
  public var undoSweep: String? { done.last?.sweep }
  /// The sweep of the operation that would be done again.
  public var redoSweep: String? { undone.last?.sweep }

  /// Adds a sweep with the labels that its points start with.
  ///
  /// - Throws: `invalidOperation` where there is one of this name.
  mutating func open(_ name: String, labels: [PointLabel]) throws(AnnotationError) {
    guard sweeps[name] == nil else {
      throw AnnotationError(
        .invalidOperation, "sweep \(name) is open already", remedy: "Go on with it as it is.")
    }
    sweeps[name] = SweepAnnotation(labels: labels)
  }

  /// Checks that an operation can be done to a sweep.
  ///
  /// - Throws: `invalidOperation`.
  func check(_ operation: AnnotationOperation, in name: String) throws(AnnotationError) {
    _ = try change(operation, in: name)
  }

  private func change(
    _ operation: AnnotationOperation, in name: String
  ) throws(AnnotationError) -> SweepChange {
    guard let sweep = sweeps[name] else {
      throw AnnotationError(
        .invalidOperation, "sweep \(name) is not open", remedy: "Open it first.")
    }
    return try SweepChange(operation, in: sweep)
  }

  /// Does an operation to a sweep; what was undone before cannot be done again.
  ///
  /// - Throws: `invalidOperation`; then nothing has changed.
  mutating func perform(
    _ operation: AnnotationOperation, in name: String
  ) throws(AnnotationError) {
    let step = Step(sweep: name, change: try change(operation, in: name))
    step.change.apply(to: &sweeps[name, default: .empty])
    done.append(step)
    changes[name, default: 0] += 1
    undone.removeAll()
  }

  /// Takes the last operation back; without one nothing happens.
  mutating func undo() {
    guard let step = done.popLast() else { return }
    step.change.undo(in: &sweeps[step.sweep, default: .empty])
    undone.append(step)
    let rest = (changes[step.sweep] ?? 1) - 1
    changes[step.sweep] = rest > 0 ? rest : nil
  }

  /// Does what was last undone again; without such nothing happens.
  mutating func redo() {
    guard let step = undone.popLast() else { return }
    step.change.apply(to: &sweeps[step.sweep, default: .empty])
    done.append(step)
    changes[step.sweep, default: 0] += 1
  }
}

extension SweepAnnotation {
  fileprivate static var empty: SweepAnnotation { SweepAnnotation(labels: []) }
}
