#if Viewer
import Annotation
import Datasets
import Pictures
import PointClouds
import Segmentation

/// The scans that an annotator works on, the last few of them open.
///
/// Used by one thread.
final class DeskSweeps {
  /// A scan that was read and labelled.
  struct Opened {
    var number: Int
    var confidence: [Float]
    var meanConfidence: Float
    var modelLabels: [PointLabel]
    var sweep: OpenedSweep
    var bytes: SweepBytes
  }

  /// How many are kept open.
  private static let keptCount = 4

  let dataset: Dataset
  let palette: ClassPalette
  private let load: AnnotationDesk.Load
  private let numbers: [String: Int]
  private var opened: [Opened] = []
  private var poses: DatasetPoses

  init(_ dataset: Dataset, palette: ClassPalette, load: @escaping AnnotationDesk.Load) {
    (self.dataset, self.palette, self.load) = (dataset, palette, load)
    poses = DatasetPoses(of: dataset)
    numbers = Dictionary(
      dataset.scans.enumerated().map { (AnnotatedFiles.name(of: $1), $0) }
    ) { first, _ in first }
  }

  /// The number of the sweep of a name.
  func number(of name: String) -> Int? { numbers[name] }

  /// The scan of a number.
  ///
  /// - Throws: `SweepFault.absent`.
  func scan(_ number: Int) throws(SweepFault) -> DatasetScan {
    guard dataset.scans.indices.contains(number) else {
      throw SweepFault(
        .absent, "there is no sweep \(number) among \(dataset.scans.count)",
        remedy: "ask for 0 to \(dataset.scans.count - 1)")
    }
    return dataset.scans[number]
  }

  /// Reads and labels a scan, if it is not open.
  ///
  /// - Throws: what reading throws; `SweepFault`.
  func open(_ number: Int) throws -> Opened {
    if let place = opened.firstIndex(where: { $0.number == number }) {
      let found = opened.remove(at: place)
      opened.append(found)
      return found
    }
    let name = try scan(number).frame
    let content = try load(number)
    var shown = content
    shown.truth = content.result.labels
    let new = Opened(
      number: number, confidence: content.result.confidence,
      meanConfidence: content.result.meanConfidence, modelLabels: content.result.labels,
      sweep: OpenedSweep(content.cloud),
      bytes: SweepBytes(shown, number: number, name: name, palette: palette))
    opened.append(new)
    if opened.count > Self.keptCount { opened.removeFirst() }
    return new
  }

  /// Forgets what was read of a scan.
  func close(_ number: Int) { opened.removeAll { $0.number == number } }

  /// Where the sensor was at a scan, where its drive's files say so.
  ///
  /// - Throws: `DatasetsError` for files that cannot be read.
  func pose(of scan: DatasetScan) throws -> SensorPose? {
    try poses.pose(of: scan)
  }

  /// How many sweeps of a drive, ten a second, lie between two scans; nothing where they are of
  /// different drives, or too far apart for objects to be followed.
  func gap(from first: Int, to second: Int) -> Double? {
    let scans = dataset.scans
    guard scans.indices.contains(first), scans.indices.contains(second),
      scans[first].drive == scans[second].drive, dataset.layout != .kittiObject
    else { return nil }
    let numbers = [first, second].map { Double(scans[$0].frame) ?? Double($0) }
    let gap = numbers[1] - numbers[0]
    return gap > 0 && gap <= 5 ? gap : nil
  }
}
#endif
