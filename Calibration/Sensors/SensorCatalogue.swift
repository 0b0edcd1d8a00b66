import CBundledFiles
import Foundation

/// The sensors that the program knows.
public struct SensorCatalogue: Sendable {
  /// The tables in alphabetical order of their names.
  public let tables: [SensorTable]

  /// A catalogue of the given tables.
  public init(_ tables: [SensorTable]) {
    self.tables = tables.sorted { $0.name < $1.name }
  }

  /// The sensors that come with the program.
  ///
  /// A bundled table that cannot be read is a mistake in the program, and stops it.
  public static let bundled = Self(
    (0..<bundled_file_count()).map(bundled_file_at).compactMap { file -> SensorTable? in
      let name = String(cString: file.name)
      guard name.hasPrefix("sensors/") else { return nil }
      let text = String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
      do throws(SensorsError) {
        return try SensorTable(yaml: text, path: name)
      } catch {
        preconditionFailure("the bundled file \(name) is not a sensor table: \(error.message)")
      }
    })

  /// The table of the given name.
  ///
  /// - Throws: `unknown`, listing the names there are.
  public func named(_ name: String) throws(SensorsError) -> SensorTable {
    guard let table = tables.first(where: { $0.name == name }) else {
      throw SensorsError(
        .unknown, "no sensor is called \"\(name)\"",
        remedy: "use one of \(tables.map(\.name).joined(separator: ", ")), or a sensor file")
    }
    return table
  }

  /// The table in a file.
  ///
  /// - Throws: `unreadable` or `malformed`.
  public static func load(path: String) throws(SensorsError) -> SensorTable {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw SensorsError(
        .unreadable, "the sensor file cannot be read: \(error.localizedDescription)",
        remedy: "check that it exists and may be read", path: path)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw SensorsError(
        .malformed, "the sensor file is not UTF-8 text", remedy: "give a YAML file", path: path)
    }
    return try SensorTable(yaml: text, path: path)
  }
}
