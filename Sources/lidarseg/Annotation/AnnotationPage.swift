#if Viewer
import Annotation
import Datasets
import Foundation
import Pictures
import PointClouds
import Viewer

/// Serves the page that annotates the scans of a data set.
struct AnnotationPage {
  var source: SourceOptions
  var model: ModelOptions
  var sensor: SensorOption
  var page: PageOptions
  var verb: VerbOptions

  func run(out: String?) throws {
    let dataset = try source.dataset()
    let place = URL(fileURLWithPath: dataset.path).standardizedFileURL
    let folder = out ?? "\(place.deletingPathExtension().lastPathComponent)-annotated"
    let files = try AnnotatedFiles(folder: folder, of: dataset)
    let labeller = try labeller(of: dataset, threads: verb.threadCount)
    let session = try AnnotationSession(folder: folder, source: place.path)
    tell(session.recovery, folder)
    let map = try LabelMap.annotating(with: labeller.labelMap)
    let palette = ClassPalette(map)
    // One thread, so that whoever clicks meanwhile has the other processors.
    let surveyor = try self.labeller(of: dataset, threads: 1)
    let desk = AnnotationDesk(
      description(of: dataset, map, palette, folder, labeller), of: dataset, palette: palette,
      session: session, files: files,
      access: AnnotationDesk.Access(
        load: { try labeller.whole(dataset.scans[$0]) },
        confidence: { try surveyor.confidence(dataset.scans[$0]) },
        describe: { SweepFault(annotating: ErrorReport($0)) }))
    let server = try ViewerServer(annotating: desk, at: page.address)
    try page.tell(server, verb)
    PageOptions.waitForTheEnd()
    server.stop()
    try finish(try desk.save())
  }

  private func labeller(of dataset: Dataset, threads: Int) throws -> StoredScanLabeller {
    StoredScanLabeller(
      dataset: dataset, source: source, pipeline: try model.pipeline(threadCount: threads),
      chooser: try sensor.chooser(known: dataset.sensor))
  }

  private func description(
    of dataset: Dataset, _ map: LabelMap, _ palette: ClassPalette, _ folder: String,
    _ labeller: StoredScanLabeller
  ) -> SourceDescription {
    SourceDescription(
      name: source.source, kind: .annotated, sweeps: labeller.names, palette: palette,
      truth: true, model: labeller.modelName,
      annotation: SourceDescription.Annotation(
        folder: folder, semantics: [0] + map.classes.map(\.write),
        objects: ObjectClass.allCases.map(\.rawValue)))
  }

  private func tell(_ recovery: AnnotationSession.Recovery, _ folder: String) {
    if recovery.recordCount > 0 {
      verb.console.talk("going on with \(recovery.recordCount) records in \(folder)")
    }
    if recovery.tornBytes > 0 {
      verb.console.warn(
        "the last step was not written to its end, and is dropped: \(recovery.tornBytes) bytes")
    }
  }

  /// Says where the files are, and what could not be written.
  private func finish(_ report: SaveReport) throws {
    verb.console.talk("annotations of \(report.sweeps) sweeps: \(report.folder)")
    if report.predicted > 0 {
      verb.console.talk("\(report.predicted) objects are predictions that nobody confirmed")
    }
    guard let fault = report.faults.first else { return }
    throw ErrorReport(
      status: fault.kind == .full ? .exhausted : .unreadable,
      message: "\(report.faults.count) of the files were not written: \(fault.message)",
      remedy: "\(fault.remedy) Nothing is lost: the journal has it, and the same command goes on",
      path: report.folder)
  }
}

extension SweepFault {
  /// A fault of annotating, with the last parts of its file's path.
  fileprivate init(annotating report: ErrorReport) {
    let file = report.path.map { URL(fileURLWithPath: $0).pathComponents.suffix(3) }
    let kind: Kind =
      switch report.status {
      case .exhausted: .full
      case .usage, .mismatch: .refused
      default: .failed
      }
    self.init(
      kind, (file.map { $0.joined(separator: "/") + ": " } ?? "") + report.message,
      remedy: report.remedy)
  }
}
#endif
