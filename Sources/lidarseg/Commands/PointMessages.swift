import PointCloudIO
import PointClouds
import Recordings

/// Scans as ROS messages of points in an MCAP file, a topic per drive.
final class PointMessages {
  private let writer: MCAPWriter
  private let topic: String
  private let map: LabelMap?
  private var topics: [String: MCAPWriter.TopicID] = [:]
  private static let unlabelled = LabelColor(red: 62, green: 66, blue: 74)

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - file: where it goes.
  ///   - topic: the topic of a drive without a name; others are `topic/drive_NAME`.
  ///   - map: says the colours of labels; without it there are none.
  /// - Throws: `.unwritable`; `.exhausted`.
  init(_ file: AtomicFile, topic: String, map: LabelMap?) throws(RecordingsError) {
    writer = try MCAPWriter(file)
    (self.topic, self.map) = (topic, map)
  }

  /// Adds a scan with its labels, if it has any, and how sure they are.
  func write(
    _ scan: Scan, _ name: ScanName, confidences: [Float]? = nil
  ) throws(RecordingsError) {
    let topic = topics[name.drive] ?? writer.addPointCloudTopic(self.topic(of: name.drive))
    topics[name.drive] = topic
    var scan = scan
    let colors = colors(of: scan)
    if confidences != nil { scan.cloud.extraFields.removeAll { $0.name == "confidence" } }
    if colors != nil { scan.cloud.extraFields.removeAll { $0.name == "rgb" } }
    try writer.write(
      PointCloud2Message(
        scan, header: MessageHeader(stamp: name.time, frame: "lidar"), confidences: confidences,
        colors: colors), to: topic)
  }

  /// Puts the file in its place.
  func finish() throws(RecordingsError) { try writer.finish() }

  private func colors(of scan: Scan) -> [LabelColor]? {
    guard let map, let labels = scan.labels else { return nil }
    return labels.map { label in
      switch map.meaning(of: label.semantic) {
      case .index(let position): map.classes[position].color
      case .ignored, .unknown: Self.unlabelled
      }
    }
  }

  /// Names of topics are made of letters, digits and underscores.
  private func topic(of drive: String) -> String {
    let kept = drive.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return drive.isEmpty ? topic : "\(topic)/drive_\(String(kept))"
  }
}
