public import Datasets
import PointCloudIO
public import PointClouds
public import Randomness
public import RangeImages
public import Sensors

/// The scans of a data set, projected as they are read.
public struct ScanSource: SampleSource {
  /// The directions of the images' cells.
  public let geometry: ImageGeometry
  /// What raw ids mean.
  public let labelMap: LabelMap
  /// Scans that are left out because nothing is known of their points.
  public let leftOutCount: Int
  private let path: String
  private var window: SampleWindow
  private let scans: [DatasetScan]
  private let sensors: [String: SensorTable]
  private let table: ClassTable
  private let readsLabels: Bool
  private let cache = ScanCache()

  /// All scans of a data set, of whose points nothing shall be known.
  ///
  /// - Parameters:
  ///   - dataset: scans in any known layout.
  ///   - geometry: the images.
  ///   - labelMap: the classes that other sources' images have.
  ///   - window: which part of a scan a sample shows.
  ///   - sensor: what measured all scans; recognised from the points where it is missing.
  /// - Throws: `TrainingError` where the first scan of a drive cannot be read.
  public init(
    unlabelled dataset: Dataset, geometry: ImageGeometry, labelMap: LabelMap,
    window: SampleWindow, sensor: SensorTable? = nil
  ) throws {
    var sensors: [String: SensorTable] = [:]
    for drive in dataset.drives {
      guard let first = dataset.scans.first(where: { $0.drive == drive }) else { continue }
      sensors[drive] =
        try sensor ?? SensorRecognition.recognise(try Self.scan(of: first).cloud)?.sensor
    }
    (scans, leftOutCount, path) = (dataset.scans, 0, dataset.path)
    (self.geometry, self.labelMap, self.window) = (geometry, labelMap, window)
    self.sensors = sensors
    table = ClassTable(labelMap)
    readsLabels = false
  }

  /// The scans of a data set that have labels.
  ///
  /// Whether scans hold labels themselves, and which sensor measured them, is told from the first
  /// scan of each drive.
  ///
  /// - Parameters:
  ///   - dataset: scans in any known layout.
  ///   - geometry: the images.
  ///   - labelMap: what raw ids mean.
  ///   - window: which part of a scan a sample shows.
  ///   - sensor: what measured all scans; recognised from the points where it is missing.
  /// - Throws: `TrainingError` where the first scan of a drive cannot be read.
  public init(
    _ dataset: Dataset, geometry: ImageGeometry, labelMap: LabelMap, window: SampleWindow,
    sensor: SensorTable? = nil
  ) throws {
    var sensors: [String: SensorTable] = [:]
    var unlabelledDrives: Set<String> = []
    for drive in dataset.drives {
      let known = dataset.scans.filter { $0.drive == drive && $0.truth != .none }
      guard let first = known.first else { continue }
      guard sensor == nil || first.truth == .withinScan else {
        sensors[drive] = sensor
        continue
      }
      let scan = try Self.scan(of: first)
      sensors[drive] = sensor ?? SensorRecognition.recognise(scan.cloud)?.sensor
      if first.truth == .withinScan, scan.labels == nil { unlabelledDrives.insert(drive) }
    }
    scans = dataset.scans.filter { scan in
      scan.truth == .withinScan ? !unlabelledDrives.contains(scan.drive) : scan.truth != .none
    }
    leftOutCount = dataset.scans.count - scans.count
    path = dataset.path
    (self.geometry, self.labelMap, self.window) = (geometry, labelMap, window)
    self.sensors = sensors
    readsLabels = true
    table = try ClassTable(dataset.labelMap ?? labelMap, as: labelMap, path: dataset.path)
  }

  /// The path of the data set.
  public var name: String { path }

  /// The same scans, of which a sample shows another part.
  public func looking(_ window: SampleWindow) -> Self {
    var source = self
    source.window = window
    return source
  }

  /// How many scans have labels.
  public var count: Int? { scans.count }

  /// Reads and projects a scan.
  ///
  /// - Throws: `TrainingError` for a scan or labels that are damaged or do not belong together, with
  ///   the path.
  public func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    let name = scans[index]
    let entry = try cache.entry(index) {
      let scan = try Self.scan(of: name)
      let labels =
        readsLabels
        ? try Self.labels(of: scan, name)
        : [PointLabel](repeating: .unlabelled, count: scan.cloud.count)
      return ScanCache.Entry(cloud: scan.cloud, labels: labels)
    }
    let projector = SampleProjector(geometry, window: window, key: key)
    do throws(RangeImagesError) {
      try projector.project(
        entry.cloud, labels: entry.labels, sensor: sensors[name.drive], table: table, into: &image)
    } catch {
      throw TrainingError(error, path: name.path)
    }
    if !readsLabels { image.forgetClasses() }
  }

  /// A scan that is whole: a part of one would be trained on as if the rest were empty.
  private static func scan(of name: DatasetScan) throws(TrainingError) -> Scan {
    do throws(PointCloudIOError) {
      let read = try name.read()
      if let damage = read.damage { throw damage }
      return read.scan
    } catch {
      throw TrainingError(error)
    }
  }

  private static func labels(of scan: Scan, _ name: DatasetScan) throws -> [PointLabel] {
    do {
      if let labels = try name.labels(of: scan) { return labels }
    } catch let error as PointCloudIOError {
      throw TrainingError(error)
    } catch let error as DatasetsError {
      throw TrainingError(error)
    }
    throw TrainingError(
      .unsuitableData, "the scan has no labels, and the first of its drive has some",
      remedy: "label it or take it away", path: name.path)
  }
}
