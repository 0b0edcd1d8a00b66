package import Foundation
import FoundationXML
import YAMLTrees
import Yams

extension VelodyneCalibration {
  /// Reads a calibration file: Velodyne's own (`db.xml`: degrees and centimetres), or that of ROS's
  /// velodyne driver (YAML: radians and metres).
  ///
  /// - Throws: `unreadable`; `damaged` where it is neither, or lacks something; `uncalibrated` where no
  ///   sensor could be built so.
  public init(path: String) throws(PacketsError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PacketsError(
        .unreadable, "the calibration cannot be opened",
        remedy: "Check that it exists and may be read.", path: path)
    }
    do throws(PacketsError) {
      try self.init(file: data)
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  /// The calibration in the bytes of a file.
  package init(file data: Data) throws(PacketsError) {
    let isXML = data.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
    let lasers = isXML ? try CalibrationXML.lasers(in: data) : try Self.lasers(inYAML: data)
    let numbers = lasers.map(\.number).sorted()
    guard !lasers.isEmpty, numbers == Array(0..<lasers.count) else {
      throw Self.damaged("the lasers are not numbered from 0 to \(lasers.count - 1), each once")
    }
    try self.init(lasers: lasers.sorted { $0.number < $1.number }.map(\.laser))
  }

  private static func lasers(inYAML data: Data) throws(PacketsError) -> [NumberedLaser] {
    let root: Node?
    do {
      root = try YAMLTree.composed(of: String(decoding: data, as: UTF8.self))
    } catch {
      throw damaged("this is neither XML nor YAML: \(error)")
    }
    guard let items = root?["lasers"]?.sequence else { throw damaged("there is no list `lasers`") }
    var lasers: [NumberedLaser] = []
    for item in items {
      func number(_ name: String) throws(PacketsError) -> Double {
        guard let value = item[name]?.float, value.isFinite else {
          throw damaged("laser \(lasers.count) has no number `\(name)`")
        }
        return value
      }
      let degrees = 180 / Double.pi
      lasers.append(
        NumberedLaser(
          number: item["laser_id"]?.int ?? lasers.count,
          laser: Laser(
            elevation: try number("vert_correction") * degrees,
            rotationalCorrection: try number("rot_correction") * degrees,
            perpendicularOffset: try number("vert_offset_correction"),
            horizontalOffset: try number("horiz_offset_correction"),
            distanceCorrection: try number("dist_correction"))))
    }
    return lasers
  }

  fileprivate static func damaged(_ message: String) -> PacketsError {
    PacketsError(
      .damaged, message, remedy: "Give the sensor's db.xml, or the YAML of ROS's velodyne driver.")
  }
}

extension VelodyneCalibration.Laser {
  /// A laser as files describe it: its beam lies beside the sensor's middle by an offset across the
  /// beam, upwards (as ROS's driver computes it).
  ///
  /// The same beam starts on the axis, higher by the offset over the elevation's cosine, and that
  /// start lies on the beam by the offset times the elevation's tangent.
  fileprivate init(
    elevation: Double, rotationalCorrection: Double, perpendicularOffset: Double,
    horizontalOffset: Double, distanceCorrection: Double
  ) {
    let angle = elevation * .pi / 180
    self.init(
      elevation: elevation, rotationalCorrection: rotationalCorrection,
      verticalOffset: perpendicularOffset / cos(angle), horizontalOffset: horizontalOffset,
      distanceCorrection: distanceCorrection - perpendicularOffset * tan(angle))
  }
}

private struct NumberedLaser {
  var number: Int
  var laser: VelodyneCalibration.Laser
}

/// Collects the lasers (`px`) of a `db.xml`.
private final class CalibrationXML: NSObject, XMLParserDelegate {
  private var lasers: [NumberedLaser] = []
  private var values: [String: Double] = [:]
  private var text = ""
  private var missing: String?
  /// Elements that have begun and not ended.
  private var depth = 0

  private static let names = [
    "id_", "rotCorrection_", "vertCorrection_", "distCorrection_", "vertOffsetCorrection_",
    "horizOffsetCorrection_",
  ]

  static func lasers(in data: Data) throws(PacketsError) -> [NumberedLaser] {
    let (parser, collector) = (XMLParser(data: data), CalibrationXML())
    parser.shouldResolveExternalEntities = false
    parser.delegate = collector
    // What breaks off between elements is not an error to the parser.
    guard parser.parse(), parser.parserError == nil, collector.depth == 0 else {
      throw VelodyneCalibration.damaged(
        "the XML breaks off or is damaged in line \(parser.lineNumber)")
    }
    if let missing = collector.missing {
      throw VelodyneCalibration.damaged("a laser has no number `\(missing)`")
    }
    return collector.lasers
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    depth += 1
    text = ""
    if name == "px" { values = [:] }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if text.utf8.count < 64 { text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    depth -= 1
    if let value = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)), value.isFinite {
      values[name] = value
    }
    text = ""
    guard name == "px" else { return }
    if let absent = Self.names.first(where: { values[$0] == nil }) {
      missing = absent
      return
    }
    lasers.append(
      NumberedLaser(
        number: Int(exactly: values["id_"] ?? -1) ?? -1,
        laser: VelodyneCalibration.Laser(
          elevation: values["vertCorrection_"] ?? 0,
          rotationalCorrection: values["rotCorrection_"] ?? 0,
          perpendicularOffset: (values["vertOffsetCorrection_"] ?? 0) / 100,
          horizontalOffset: (values["horizOffsetCorrection_"] ?? 0) / 100,
          distanceCorrection: (values["distCorrection_"] ?? 0) / 100)))
  }
}
