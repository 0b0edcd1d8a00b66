import Foundation

/// What a metadata file says, in its old form, which is flat but for the data's format, or in its new
/// one, which has sections: the names are the same.
struct OusterDocument: Decodable {
  /// What one of its objects may say.
  struct Section: Decodable {
    var beamAltitudeAngles: [Double]?
    var beamAzimuthAngles: [Double]?
    var beamToLidarTransform: [Double]?
    var buildRev: String?
    var columnWindow: [Int]?
    var columnsPerFrame: Int?
    var columnsPerPacket: Int?
    var fps: Double?
    var headerType: String?
    var imageRev: String?
    var lidarMode: String?
    var lidarOriginToBeamOriginMm: Double?
    var lidarToSensorTransform: [Double]?
    var pixelShiftByRow: [Int]?
    var pixelsPerColumn: Int?
    var prodLine: String?
    var prodSn: String?
    var udpProfileLidar: String?
  }

  private enum Part: String, CodingKey, CaseIterable {
    case dataFormat, lidarDataFormat, beamIntrinsics, lidarIntrinsics, sensorInfo, configParams
  }

  /// The file's top comes after the data's format, and before what the sensor was asked for.
  private let sections: [Section]

  /// No metadata are longer.
  static let longest = 4 << 20

  init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: Part.self)
    var sections = try Part.allCases.map { try parts.decodeIfPresent(Section.self, forKey: $0) }
    sections.insert(try Section(from: decoder), at: 2)
    self.sections = sections.compactMap { $0 }
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: `damaged` where they are no JSON, or hold something else than numbers where numbers are
  ///   to be.
  init(json: [UInt8]) throws(PacketsError) {
    guard json.count <= Self.longest else {
      throw .metadata("\(json.count) bytes are too many for metadata")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Self.self, from: Data(json))
    } catch {
      throw PacketsError(
        .damaged, "the metadata cannot be read: \(Self.reason(error))",
        remedy: "Give the metadata as the sensor says them, at /api/v1/sensor/metadata.")
    }
  }

  /// What the first section that says it says.
  subscript<Value>(_ name: KeyPath<Section, Value?>) -> Value? {
    sections.lazy.compactMap { $0[keyPath: name] }.first
  }

  /// The first two numbers of the firmware's version.
  var firmware: (Int, Int)? {
    for text in [self[\.buildRev], self[\.imageRev]].compactMap({ $0 }) {
      if let match = text.firstMatch(of: /v(\d+)\.(\d+)/), let major = Int(match.1),
        let minor = Int(match.2)
      {
        return (major, minor)
      }
    }
    return nil
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return error.localizedDescription }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(place): \(context.debugDescription)"
    case .dataCorrupted(let context): return context.debugDescription
    @unknown default: return error.localizedDescription
    }
  }
}
