import Annotation
import Datasets
import Foundation
import PointCloudIO
import PointClouds

/// Plays an ideal annotator over the scans of a data set.
struct AnnotateJob {
  let dataset: Dataset
  let truth: Dataset
  let source: SourceOptions
  let console: Console
  let progress: Progress

  /// The raw SemanticKITTI id of what is no object and known.
  private static let background: UInt16 = 99

  /// What became of the scans.
  struct Outcome {
    var result: ReplayResult
    /// Of the scans that could not be read.
    var worstStatus: ErrorReport.Status?
  }

  /// - Throws: `ErrorReport` where no scan has truth, or the output folder holds annotations; what
  ///   writing throws.
  func run(leastPoints: Int, out: String?) throws -> Outcome {
    let truths = try matched()
    let files = try out.map { try AnnotatedFiles(folder: $0, of: dataset) }
    let others = try out.map { try AnnotatedFiles(folder: $0, of: truth) }
    let session = try (others ?? files).map { try newSession($0.folder) }
    var replay = Replay(leastPoints: leastPoints)
    var poses = DatasetPoses(of: dataset)
    var worst: ErrorReport.Status?
    for (position, scan) in dataset.scans.enumerated() {
      let pose = try poses.pose(of: scan)
      do {
        let truth = truths[position]
        if let sweep = try annotate(scan, truth, number: position, pose, &replay),
          let session, let files
        {
          try write(sweep, of: scan, session, files)
        }
      } catch  where isAboutScan(error) {
        var report = ErrorReport(error)
        report.path = report.path ?? scan.path
        console.error(report)
        worst = worst ?? report.status
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    let result = replay.result()
    guard result.scans > 0 else {
      throw ErrorReport(
        status: .mismatch, message: "none of \(dataset.scans.count) scans has a truth",
        remedy: "name a data set with boxes or labels of the same frames by --replay",
        path: truth.path)
    }
    return Outcome(result: result, worstStatus: worst)
  }

  /// Whether other scans may fare better.
  private func isAboutScan(_ error: any Error) -> Bool {
    guard dataset.scans.count > 1 else { return false }
    switch error {
    case let error as PointCloudIOError:
      return error.code != .exhausted && error.code != .unwritable
    case let error as DatasetsError: return error.code != .mismatch
    case let error as AnnotationError: return [.damaged, .unreadable].contains(error.code)
    default: return false
    }
  }

  /// The truth's scan of each scan's frame and drive; of one drive each, the frame is enough.
  private func matched() throws -> [DatasetScan?] {
    let isSingle = dataset.drives.count == 1 && truth.drives.count == 1
    func key(_ scan: DatasetScan) -> String {
      isSingle ? scan.frame : AnnotatedFiles.name(of: scan)
    }
    let known = Dictionary(truth.scans.map { (key($0), $0) }) { first, _ in first }
    let found = dataset.scans.map { known[key($0)] }
    guard found.contains(where: { $0 != nil }) else {
      throw ErrorReport(
        status: .mismatch, message: "the truth has none of the \(dataset.scans.count) frames",
        remedy: "name a data set with the same drives and frames by --replay", path: truth.path)
    }
    return found
  }

  private func newSession(_ folder: String) throws -> AnnotationSession {
    let place = URL(fileURLWithPath: dataset.path).standardizedFileURL.path
    let session = try AnnotationSession(folder: folder, source: place)
    guard session.document.sweeps.isEmpty else {
      throw ErrorReport(
        status: .mismatch, message: "this folder holds annotations",
        remedy: "name a new folder by --out", path: folder)
    }
    return session
  }

  private func annotate(
    _ scan: DatasetScan, _ truth: DatasetScan?, number: Int, _ pose: SensorPose?,
    _ replay: inout Replay
  ) throws -> Replay.AnnotatedSweep? {
    let read = try source.read(scan)
    if let damage = read.damage { throw damage }
    guard let truth,
      let known = try SweepTruth(of: truth, read.scan, boxFile: boxFile(of: truth))
    else {
      replay.skip()
      return nil
    }
    // Frames of KITTI's objects follow each other in number, not in time.
    let isSequence = dataset.layout != .kittiObject
    return replay.add(
      read.scan.cloud, known, drive: isSequence ? scan.drive : "\(scan.drive)/\(scan.frame)",
      number: Double(scan.frame) ?? Double(number), pose: pose)
  }

  /// The boxes of a scan beside its drive's points, where there are some.
  private func boxFile(of scan: DatasetScan) -> String? {
    let drive = URL(fileURLWithPath: scan.path).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = drive.appending(path: "boxes/\(scan.frame).json").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// Writes a sweep: its objects, and the rest of what is known as background.
  private func write(
    _ sweep: Replay.AnnotatedSweep, of scan: DatasetScan, _ session: AnnotationSession,
    _ files: AnnotatedFiles
  ) throws {
    let name = AnnotatedFiles.name(of: scan)
    try session.open(
      name, labels: [PointLabel](repeating: .unlabelled, count: sweep.isKnown.count))
    let known = sweep.isKnown.indices.filter { sweep.isKnown[$0] }
    try session.perform(
      .setClass(points: PointRuns(known), semantic: Self.background), in: name)
    for (object, points) in sweep.objects {
      try session.perform(.addObject(object, points: PointRuns(points)), in: name)
    }
    try files.save(scan, of: session)
  }
}
