public import Datasets
import Foundation
import PointCloudIO
import PointClouds

/// Writes annotated sweeps as a data set: `DRIVE/velodyne` links to the scans, `DRIVE/labels` has
/// SemanticKITTI's labels, `DRIVE/boxes` the objects in the sensor's frame as JSON, and where the
/// scan's calibration is known `DRIVE/label_2` has KITTI's lines.
public struct AnnotatedFiles: Sendable {
  /// The folder that the drives are written to.
  public let folder: String

  /// Writes into a folder.
  ///
  /// - Throws: `mismatch` where the folder is the data set's own or one of its drives: its truth would
  ///   be written over; where a scan is no file of its own, its intensities are scaled, or its file would be
  ///   taken for another kind than the data set says: a link to it would not say so.
  public init(folder: String, of dataset: Dataset) throws(AnnotationError) {
    self.folder = folder
    let place = Self.real(folder)
    for scan in dataset.scans {
      if let hidden = Self.whatLinksHide(of: scan) {
        throw AnnotationError(
          .mismatch, "'\(scan.path)' \(hidden)",
          remedy: "Convert the scans first: lidarseg convert SRC OUT --to kitti-bin.",
          path: dataset.path)
      }
      guard let labels = scan.labelsPath else { continue }
      if Self.real(labels).hasPrefix(place + "/") {
        throw AnnotationError(
          .mismatch, "the labels of '\(scan.path)' lie in the output folder",
          remedy: "Name another --out: truth is never written over.", path: folder)
      }
    }
    if place == Self.real(dataset.path) {
      throw AnnotationError(
        .mismatch, "the output folder is the data set itself", remedy: "Name another --out.",
        path: folder)
    }
  }

  /// What the data set says of a scan and its file alone does not; nothing where the file says all.
  private static func whatLinksHide(of scan: DatasetScan) -> String? {
    if scan.image != nil { return "is an array of several scans" }
    if scan.intensityScale != 1 { return "has intensities that the data set scales" }
    // A file that cannot be read is told of when it is opened.
    guard let format = scan.format, let other = try? ScanFile.recognise(scan.path), other != format
    else { return nil }
    return "is \(format.rawValue), as the data set says, and looks like \(other.rawValue)"
  }

  /// The name that a scan's sweep has in a session.
  public static func name(of scan: DatasetScan) -> String { "\(scan.drive)/\(scan.frame)" }

  /// Writes the files of a sweep; each appears whole or not at all.
  ///
  /// - Throws: `mismatch` where files are there that the session did not write; what writing throws.
  public func save(_ scan: DatasetScan, of session: AnnotationSession) throws {
    let name = Self.name(of: scan)
    guard let sweep = session.document.sweeps[name] else {
      throw AnnotationError(
        .invalidOperation, "sweep \(name) is not open", remedy: "Open it first.")
    }
    let drive = URL(fileURLWithPath: folder).appending(path: scan.drive)
    let calibration = try ScanCalibration(of: scan)
    if let other = fileOfOthers(scan, in: drive, calibration, session) {
      throw AnnotationError(
        .mismatch, "this file was not written by these annotations",
        remedy: "Move it away, or name another --out.", path: other)
    }
    try link(scan, in: drive)
    try session.claim(name)
    try write(sweep, of: scan, in: drive, calibration)
    try LabelFile.write(sweep.labels, to: labels(of: scan, in: drive))
    session.wasSaved(name)
  }

  private func labels(of scan: DatasetScan, in drive: URL) -> String {
    drive.appending(path: "labels/\(scan.frame).label").path
  }

  /// A file in the place of one that is to be written, where the session did not write it.
  private func fileOfOthers(
    _ scan: DatasetScan, in drive: URL, _ calibration: ScanCalibration?,
    _ session: AnnotationSession
  ) -> String? {
    guard !session.owns(Self.name(of: scan)) else { return nil }
    let own = [
      labels(of: scan, in: drive), drive.appending(path: "boxes/\(scan.frame).json").path,
      drive.appending(path: "label_2/\(scan.frame).txt").path,
    ]
    if let other = own.first(where: { FileManager.default.fileExists(atPath: $0) }) { return other }
    guard let calibration else { return nil }
    // One that sweeps share may have been written with another of them.
    if !calibration.isOwn, session.ownsSweep(ofDrive: scan.drive) { return nil }
    let place = drive.appending(path: calibration.fileName(of: scan.frame)).path
    guard let bytes = FileManager.default.contents(atPath: place),
      bytes != Data(calibration.text.utf8)
    else { return nil }
    return place
  }

  private func write(
    _ sweep: SweepAnnotation, of scan: DatasetScan, in drive: URL, _ calibration: ScanCalibration?
  ) throws {
    try makeFolder(drive.appending(path: "boxes"))
    try makeFolder(drive.appending(path: "labels"))
    let objects = sweep.objects.values.sorted { $0.id < $1.id }
    let boxes = BoxFile(objects)
    try AtomicFile.write(
      boxes.bytes(), to: drive.appending(path: "boxes/\(scan.frame).json").path)
    guard let calibration else { return }
    try makeFolder(drive.appending(path: "label_2"))
    let text = objects.compactMap { calibration.line(of: $0) }.joined()
    try AtomicFile.write(
      Array(text.utf8), to: drive.appending(path: "label_2/\(scan.frame).txt").path)
    let place = drive.appending(path: calibration.fileName(of: scan.frame))
    try makeFolder(place.deletingLastPathComponent())
    try AtomicFile.write(Array(calibration.text.utf8), to: place.path)
  }

  /// Lets the scan lie beside its labels, as a link.
  private func link(_ scan: DatasetScan, in drive: URL) throws {
    let points = drive.appending(path: "velodyne")
    try makeFolder(points)
    let source = URL(fileURLWithPath: scan.path).standardizedFileURL
    let link = points.appending(path: source.lastPathComponent)
    if (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) == source.path {
      return
    }
    do {
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: source)
    } catch {
      throw AnnotationError(
        .unwritable, "no link to the scan can be made: \(error.localizedDescription)",
        remedy: "Name another --out.", path: link.path)
    }
  }

  private func makeFolder(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw AnnotationError(
        .unwritable, "the folder cannot be made: \(error.localizedDescription)",
        remedy: "Name a folder that you may write to, on a disk with room.", path: url.path)
    }
  }

  /// The path without links; of what is not there the nearest folder that is counts.
  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}

extension DatasetScan {
  /// The file of its labels or boxes, where there is one.
  fileprivate var labelsPath: String? {
    switch truth {
    case .labels(let path): path
    case .boxes(let frame): frame.objectsPath
    case .none, .withinScan: objects?.objectsPath
    }
  }
}
