import Foundation

/// What was measured after a step: a line of `metrics.jsonl`.
package struct MetricsRecord: Equatable, Sendable {
  /// Steps that were done.
  package var step: Int
  /// Seconds that the run had taken.
  package var seconds: Double
  /// Numbers by name, such as `loss`, `learning_rate` or `iou.car`.
  ///
  /// What is not finite is `null` in the file and comes back as not a number.
  package var values: [String: Double]

  /// A record; see the properties.
  ///
  /// - Precondition: no value is called `step` or `seconds`.
  package init(step: Int, seconds: Double, values: [String: Double]) {
    precondition(values["step"] == nil && values["seconds"] == nil, "\(values.keys.sorted())")
    self.step = step
    self.seconds = seconds
    self.values = values
  }

  /// The records of a file; a last line that its process did not finish is left out.
  ///
  /// - Throws: `.unreadable`; `.damaged` with the offset of the line.
  package static func read(_ path: String) throws(TrainingError) -> [Self] {
    try lines(of: content(of: path), path: path).map(\.record)
  }

  /// The record as a line of JSON, its keys in alphabetical order.
  func line() throws -> [UInt8] {
    var object = values.mapValues { $0.isFinite ? $0 : nil }
    object["step"] = .some(Double(step))
    object["seconds"] = .some(seconds)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(object)) + [newline]
  }

  /// The bytes of a file.
  static func content(of path: String) throws(TrainingError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TrainingError(
        .unreadable, "the measurements cannot be read",
        remedy: "check the path and its permissions",
        path: path)
    }
  }

  /// The records of all finished lines, with the bytes of each, its end included.
  static func lines(
    of content: Data, path: String
  ) throws(TrainingError) -> [(record: Self, bytes: Data)] {
    var records: [(record: Self, bytes: Data)] = []
    var start = content.startIndex
    while let end = content[start...].firstIndex(of: newline) {
      guard let record = Self(line: content[start..<end]) else {
        throw TrainingError(
          .damaged, "a line is no record of measurements",
          remedy: "delete this line: only what it tells is lost", path: path,
          offset: start - content.startIndex)
      }
      records.append((record, content[start...end]))
      start = end + 1
    }
    return records
  }

  private init?(line: Data) {
    guard var object = try? JSONDecoder().decode([String: Double?].self, from: line),
      let step = object.removeValue(forKey: "step")?.flatMap(Int.init(exactly:)),
      let seconds = object.removeValue(forKey: "seconds")?.flatMap({ $0 })
    else { return nil }
    self.init(step: step, seconds: seconds, values: object.mapValues { $0 ?? .nan })
  }
}

private let newline = UInt8(ascii: "\n")
