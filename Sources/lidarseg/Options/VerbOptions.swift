import ArgumentParser
import Foundation

/// The options that every verb has.
struct VerbOptions: ParsableArguments {
  @Flag(help: "Print one JSON object on stdout at the end.")
  var json = false

  @Option(help: "How progress is shown: \(ProgressStyle.list).")
  var progress = ProgressStyle.auto

  @Option(help: "Threads to compute with; all processors unless given.")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  var console: Console { Console(isQuiet: quiet) }

  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads \(threads) is not in 1...256")
    }
  }
}
