import ArgumentParser
import Foundation

/// What `export` can write.
enum ExportTarget: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// An ONNX file in a folder that explains and checks it.
  case onnx
  /// A freestanding C99 program.
  case c

  static func parse(_ list: String) throws -> [ExportTarget] {
    let targets = try list.split(separator: ",").map { word in
      guard let target = ExportTarget(rawValue: word.trimmingCharacters(in: .whitespaces)) else {
        throw ValidationError("--to \(word) is none of \(allValueStrings.joined(separator: ", "))")
      }
      return target
    }
    guard !targets.isEmpty else { throw ValidationError("--to names no target") }
    return allCases.filter(targets.contains)
  }
}
