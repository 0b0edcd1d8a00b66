import CZlib
import Foundation
import PointClouds

/// A line of a journal: what happened, in the order in which it did.
enum JournalRecord: Codable, Equatable {
  /// The first line: which form the others have, and what is annotated.
  case header(version: Int, source: String)
  /// A sweep was opened with these labels, as pairs of a count and a label that so many points have.
  case open(sweep: String, labels: [UInt32])
  /// An operation was done to a sweep.
  case perform(sweep: String, AnnotationOperation)
  /// The last operation was taken back.
  case undo
  /// What was last taken back was done again.
  case redo
  /// A sweep was written to its files, which may be written over.
  case saved(sweep: String)

  static let version = 1

  /// The line: the checksum of the rest in eight digits, a space, and the record as JSON.
  func line() throws(AnnotationError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let json = Array(try encoder.encode(self))
      let sum = String(Self.checksum(json), radix: 16)
      let digits = String(repeating: "0", count: 8 - sum.count) + sum
      return Array(digits.utf8) + [UInt8(ascii: " ")] + json + [UInt8(ascii: "\n")]
    } catch {
      throw AnnotationError(
        .invalidOperation, "the operation has numbers that cannot be kept: \(error)",
        remedy: "Use finite numbers.")
    }
  }

  /// The record of a line without its end, or nothing where the line is damaged.
  init?(line: some Collection<UInt8>) {
    guard line.count > 9,
      let sum = UInt32(String(decoding: line.prefix(8), as: UTF8.self), radix: 16)
    else { return nil }
    let json = Array(line.dropFirst(9))
    guard line.dropFirst(8).first == UInt8(ascii: " "), Self.checksum(json) == sum,
      let record = try? JSONDecoder().decode(JournalRecord.self, from: Data(json))
    else { return nil }
    self = record
  }

  /// The CRC-32 of some bytes.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }

  /// Labels as pairs of a count and a label.
  static func runs(of labels: [PointLabel]) -> [UInt32] {
    var runs: [UInt32] = []
    for label in labels {
      if runs.count > 1, runs[runs.count - 1] == label.rawValue {
        runs[runs.count - 2] += 1
      } else {
        runs += [1, label.rawValue]
      }
    }
    return runs
  }

  /// The labels of such pairs, or nothing where they are none or more than a sweep has.
  static func labels(ofRuns runs: [UInt32]) -> [PointLabel]? {
    guard runs.count % 2 == 0 else { return nil }
    var labels: [PointLabel] = []
    for start in stride(from: 0, to: runs.count, by: 2) {
      guard labels.count + Int(runs[start]) <= 1 << 28 else { return nil }
      labels += Array(repeating: PointLabel(rawValue: runs[start + 1]), count: Int(runs[start]))
    }
    return labels
  }
}
