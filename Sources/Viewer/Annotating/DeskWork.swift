#if Viewer
import Annotation
import Datasets
import PointClouds

/// What is done to annotations: steps, views and files.
///
/// Used by one thread.
final class DeskWork {
  let sweeps: DeskSweeps
  let session: AnnotationSession
  private let files: AnnotatedFiles
  let oneClick = OneClick()

  init(_ sweeps: DeskSweeps, session: AnnotationSession, files: AnnotatedFiles) {
    (self.sweeps, self.session, self.files) = (sweeps, session, files)
  }

  /// A sweep that is open, and in the journal.
  func open(_ number: Int) throws -> DeskSweeps.Opened {
    let opened = try sweeps.open(number)
    do {
      try session.open(try name(of: number), labels: opened.modelLabels)
    } catch {
      // Whoever puts the right scan back is to find that one.
      sweeps.close(number)
      throw error
    }
    return opened
  }

  /// A sweep's name in the journal.
  func name(of number: Int) throws(SweepFault) -> String {
    AnnotatedFiles.name(of: try sweeps.scan(number))
  }

  /// A sweep's annotation.
  func annotation(of number: Int) throws(SweepFault) -> SweepAnnotation {
    session.document.sweeps[try name(of: number)] ?? SweepAnnotation(labels: [])
  }

  /// All that there is to show of a sweep.
  func view(_ number: Int) throws -> AnnotationView {
    let start = ContinuousClock.now
    let opened = try open(number)
    let annotation = try annotation(of: number)
    var view = self.view(number, annotation, before: nil)
    view.candidates = opened.sweep.candidates(
      of: annotation.labels, confidence: opened.confidence
    ).map {
      AnnotationView.Candidate(
        objectClass: $0.objectClass, point: $0.point, count: $0.pointCount,
        confidence: $0.confidence, points: $0.points)
    }
    // Without a picture the points can be annotated all the same.
    do {
      view.camera = try CameraView(of: try sweeps.scan(number)).map {
        AnnotationView.Camera(matrix: $0.matrix, width: $0.size.x, height: $0.size.y)
      }
    } catch {
      view.remark = "the camera's calibration cannot be read: \(error)"
    }
    view.milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return view
  }

  private func view(
    _ number: Int, _ annotation: SweepAnnotation, before: [PointLabel]?
  ) -> AnnotationView {
    let changes = AnnotationView.runs(
      of: annotation.labels, differingFrom: before, palette: sweeps.palette)
    var view = AnnotationView(
      number, annotation, changes: changes, steps: session.stepCount)
    (view.undo, view.redo) = (session.document.undoCount, session.document.redoCount)
    return view
  }

  /// Does a step; what it changed is on the disk when this returns.
  ///
  /// - Throws: `SweepFault`, `AnnotationError`, what reading throws; then nothing has changed.
  func perform(_ request: AnnotationRequest) throws -> AnnotationView {
    let start = ContinuousClock.now
    let number = try target(of: request)
    _ = try open(number)
    let before = try annotation(of: number).labels
    let outcome = try perform(request.action, on: number, from: request.sweep)
    var view = self.view(number, try annotation(of: number), before: before)
    (view.selected, view.remark) = (outcome.selected, outcome.remark)
    view.milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return view
  }

  /// The sweep that a step changes.
  private func target(of request: AnnotationRequest) throws -> Int {
    switch request.action {
    case .undo: return try number(of: session.document.undoSweep) ?? request.sweep
    case .redo: return try number(of: session.document.redoSweep) ?? request.sweep
    // Behind the last number there is no sweep, which is said when it is opened.
    case .carry: return request.sweep == .max ? request.sweep : request.sweep + 1
    case .click, .gather, .split, .fit, .change: return request.sweep
    }
  }

  private func number(of name: String?) throws(SweepFault) -> Int? {
    guard let name else { return nil }
    guard let number = sweeps.number(of: name) else {
      throw SweepFault(
        .refused, "the step was done to sweep \(name), which is no longer there",
        remedy: "bring the scan back and start the program again")
    }
    return number
  }

  /// What came of a step.
  struct Outcome {
    var selected: UInt16?
    var remark: String?
  }

  private func perform(
    _ action: AnnotationRequest.Action, on number: Int, from source: Int
  ) throws -> Outcome {
    let name = try name(of: number)
    switch action {
    case .click(let point, let objectClass): return try click(point, objectClass, number)
    case .gather(let points, let objectClass): return try gather(points, objectClass, number)
    case .split(let id, let points): return try split(id, points, number)
    case .fit(let id): return try fit(id, number)
    case .change(let operation):
      try session.perform(operation, in: name)
      return Outcome()
    case .undo:
      return Outcome(remark: try session.undo() == nil ? "nothing to take back" : nil)
    case .redo:
      return Outcome(remark: try session.redo() == nil ? "nothing to do again" : nil)
    case .carry: return try carry(from: source)
    }
  }

  /// How far each sweep is.
  func progress(confidences: [Float?]) -> [SweepProgress] {
    zip(sweeps.dataset.scans, confidences).map { scan, confidence in
      let name = AnnotatedFiles.name(of: scan)
      let objects = session.document.sweeps[name]?.objects ?? [:]
      return SweepProgress(
        confidence: confidence, objects: objects.count,
        predicted: objects.values.count { $0.state == .predicted },
        isChanged: session.document.isChanged(name))
    }
  }

  /// Writes the files of all sweeps that were changed since they were written.
  func save(saying describe: (any Error) -> SweepFault) -> SaveReport {
    var report = SaveReport(folder: files.folder)
    report.faults = faultsOfMissingScans()
    for scan in sweeps.dataset.scans {
      let name = AnnotatedFiles.name(of: scan)
      guard session.document.isChanged(name) || session.owns(name) else { continue }
      report.sweeps += 1
      report.predicted +=
        session.document.sweeps[name]?.objects.values.count { $0.state == .predicted } ?? 0
      guard session.unsavedSweeps.contains(name) else { continue }
      do {
        try files.save(scan, of: session)
        report.written += 1
      } catch {
        report.faults.append(describe(error))
      }
    }
    return report
  }

  /// Annotated sweeps whose scans were not there at the start: nothing can be written beside them.
  private func faultsOfMissingScans() -> [SweepFault] {
    session.document.sweeps.keys.sorted()
      .filter { session.document.isChanged($0) && sweeps.number(of: $0) == nil }
      .map {
        SweepFault(
          .failed, "sweep \($0) is annotated, and its scan is gone",
          remedy: "bring the scan back and start the program again; the journal has the annotation")
      }
  }
}
#endif
