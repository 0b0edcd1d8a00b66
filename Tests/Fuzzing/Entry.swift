import Foundation

/// What libFuzzer, whose main function this program has, calls before all else.
///
/// `--seeds=FOLDER` writes a folder of seeds for each parser and ends; `--parsers` prints their names.
@_cdecl("LLVMFuzzerInitialize")
public func prepareFuzzing(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  if CommandLine.arguments.contains("--parsers") {
    print(Parser.allCases.map(\.rawValue).joined(separator: "\n"))
    exit(0)
  }
  if let folder = CommandLine.value(of: "--seeds") {
    do {
      try Seeds(in: folder).write()
    } catch {
      print("error: the seeds cannot be written: \(error)")
      exit(1)
    }
    exit(0)
  }
  return 0
}

/// What libFuzzer calls with each of its inputs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Parser.chosen.fuzz(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

extension CommandLine {
  /// What follows a name and `=` in one of the arguments.
  static func value(of name: String) -> String? {
    arguments.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
  }
}
