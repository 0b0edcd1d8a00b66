import Annotation
import ArgumentParser
import Datasets
import Foundation

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate", abstract: "Measure how scans are annotated by clicks and tracks.",
    discussion: """
      --replay plays an ideal annotator who sees the truth: one click on each object, corrections \
      where its points or its box overlap the truth by less than 0.7, and the same again with objects \
      carried from sweep to sweep. The truth is a data set with the same frames: DRIVE/boxes/FRAME.json, \
      KITTI's boxes, or labels; labels without instances are taken apart into what hangs together.

      Example: lidarseg annotate drives --replay drives --out annotated
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var verb: VerbOptions

  @Option(help: "The data set that knows the truth.", completion: .directory)
  var replay: String

  @Option(help: "The folder to write the annotations to, as a data set.", completion: .directory)
  var out: String?

  @Option(help: "Leave objects with fewer points off the ground out.")
  var leastPoints = 50

  func validate() throws {
    guard !replay.isEmpty else { throw ValidationError("the path of the truth is empty") }
    guard (1...1_000_000).contains(leastPoints) else {
      throw ValidationError("--least-points \(leastPoints) is not in 1...1000000")
    }
  }

  func run() throws {
    let dataset = try source.dataset()
    let job = AnnotateJob(
      dataset: dataset, truth: try Dataset.open(path: replay), source: source,
      console: verb.console,
      progress: Progress(
        style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans"))
    let outcome = try job.run(leastPoints: leastPoints, out: out)
    if verb.json {
      try verb.console.data(json: outcome.result)
    } else {
      try verb.console.data(outcome.result.text)
    }
    if let out { verb.console.talk("annotations: \(out)") }
    if let status = outcome.worstStatus { throw ExitCode(status.rawValue) }
  }
}
