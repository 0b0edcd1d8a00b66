import Datasets
import Streams

/// Which scan something is of.
struct ScanName: Equatable {
  /// Its drive, or the sensor or topic that it comes from; empty where there is one only.
  var drive: String
  /// Its name among those of its drive.
  var frame: String
  /// Nanoseconds since 1970 when it was measured; where that is not known, since the first scan, as if
  /// ten were measured in a second.
  var time: Int64

  /// The scan at a position of a data set.
  init(_ scan: DatasetScan, at position: Int) {
    (drive, frame) = (scan.drive, scan.frame)
    time = Int64(position) * 100_000_000
  }

  /// A sweep; `drive` is empty where it is of the only source.
  init(_ sweep: StreamSweep, drive: String) {
    self.drive = drive
    let digits = String(sweep.number)
    frame = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    time = sweep.time ?? Int64(sweep.number) * 100_000_000
  }
}

/// Gives the sources of a stream's sweeps folders of their own, once there are several.
struct SourceFolders {
  private var known: [String] = []

  /// The name of a sweep's scan: the first source's are in no folder.
  mutating func name(of sweep: StreamSweep) -> ScanName {
    if !known.contains(sweep.source) { known.append(sweep.source) }
    return ScanName(sweep, drive: known.first == sweep.source ? "" : Self.folder(of: sweep.source))
  }

  /// A folder for what comes from an address or a topic.
  private static func folder(of source: String) -> String {
    let name = source.map { ":/".contains($0) ? "-" : $0 }
    return String(name.drop { $0 == "-" || $0 == "." })
  }
}
