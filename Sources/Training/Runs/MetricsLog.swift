import Foundation
import PointCloudIO

/// Writes down what is measured: a line of JSON each time, and the same for TensorBoard.
///
/// A process that is killed leaves at most one unfinished line behind, which the next one cuts off.
/// One thread at a time.
package final class MetricsLog {
  private let lines: AppendedFile
  private let events: EventFile
  private let startTime: Double

  /// Opens the log of a run; what it tells of later steps than `step` never happened and is cut off.
  ///
  /// - Parameters:
  ///   - path: `metrics.jsonl`.
  ///   - eventsFolder: an existing folder, which gets one more file for TensorBoard.
  ///   - step: steps that are done; 0 in a new run.
  ///   - startTime: when the records' `seconds` were 0, in seconds since 1970.
  /// - Throws: `.unreadable`; `.damaged` with the offset of a line; errors of writing.
  package init(path: String, eventsFolder: String, after step: Int, startTime: Double) throws {
    try Self.cut(path, after: step)
    lines = try AppendedFile(path)
    events = try EventFile(in: eventsFolder, after: step, startTime: startTime)
    self.startTime = startTime
  }

  /// Adds a record.
  ///
  /// - Throws: `.exhausted` or `.unwritable`; the files then end with the record before.
  package func append(_ record: MetricsRecord) throws {
    try lines.append(record.line())
    try events.append(record, time: startTime + record.seconds)
  }

  /// Adds what has been measured now.
  ///
  /// - Throws: `.exhausted` or `.unwritable`; the files then end with the record before.
  package func append(_ values: [String: Double], step: Int) throws {
    let seconds = Date().timeIntervalSince1970 - startTime
    try append(MetricsRecord(step: step, seconds: seconds, values: values))
  }

  /// Makes everything last, as a checkpoint that follows does.
  ///
  /// - Throws: `.exhausted` or `.unwritable`.
  package func synchronize() throws(TrainingError) {
    try lines.synchronize()
    try events.synchronize()
  }

  /// Opens the log of a run that goes on: its time does, too.
  ///
  /// - Throws: what `init(path:eventsFolder:after:startTime:)` throws.
  package convenience init(of folder: RunFolder, after step: Int) throws {
    var before = 0.0
    if step > 0, FileManager.default.fileExists(atPath: folder.metricsPath) {
      before = try MetricsRecord.read(folder.metricsPath).last { $0.step <= step }?.seconds ?? 0
    }
    try self.init(
      path: folder.metricsPath, eventsFolder: folder.eventsFolder, after: step,
      startTime: Date().timeIntervalSince1970 - before)
  }

  /// Keeps the finished lines up to a step.
  private static func cut(_ path: String, after step: Int) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let content = try MetricsRecord.content(of: path)
    let kept = try MetricsRecord.lines(of: content, path: path).filter { $0.record.step <= step }
    let bytes = kept.flatMap(\.bytes)
    guard bytes.count != content.count else { return }
    try TrainingError.located { try AtomicFile.write(bytes, to: path) }
  }
}
