import Annotation
import ArgumentParser
import Datasets
import Foundation

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Annotate scans by clicks in a browser, or measure what that costs.",
    discussion: """
      Serves a page to this machine and prints its URL: one click on an object gives its points and a \
      box, tracks carry both to the next sweep, and each step is on the disk before it is shown. The \
      page tells its keys when ? is pressed. SemanticKITTI's labels and KITTI's boxes are written to \
      --out when the page asks for it and at the end, by Ctrl-C; \
      adapt --labelled reads them. The same command goes on with what is there.

      --replay plays an ideal annotator who sees the truth: one click on each object, corrections \
      where its points or its box overlap the truth by less than 0.7, and the same again with objects \
      carried from sweep to sweep. The truth is a data set with the same frames: DRIVE/boxes/FRAME.json, \
      KITTI's boxes, or labels; labels without instances are taken apart into what hangs together.

      Example: lidarseg annotate drives --out annotated
      """)

  @OptionGroup var source: SourceOptions
  #if Viewer
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var page: PageOptions
  #endif
  @OptionGroup var verb: VerbOptions

  @Option(
    help: "Measure instead, with the data set that knows the truth.", completion: .directory)
  var replay: String?

  @Option(
    help: ArgumentHelp(
      "The folder to write the annotations to, as a data set.",
      discussion: "The page keeps them in NAME-annotated, after the scans' name, unless given."),
    completion: .directory)
  var out: String?

  @Option(help: "Leave objects with fewer points off the ground out.")
  var leastPoints = 50

  func validate() throws {
    guard replay?.isEmpty != true else { throw ValidationError("the path of the truth is empty") }
    #if Viewer
    guard replay == nil || page.port == nil && page.listen == nil else {
      throw ValidationError("--replay serves no page; leave --port and --listen out")
    }
    #endif
    guard (1...1_000_000).contains(leastPoints) else {
      throw ValidationError("--least-points \(leastPoints) is not in 1...1000000")
    }
  }

  func run() throws {
    guard let replay else { return try annotate() }
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

  #if Viewer
  private func annotate() throws {
    Signals.stopRequest.claim()
    let job = AnnotationPage(source: source, model: model, sensor: sensor, page: page, verb: verb)
    try job.run(out: out)
  }
  #else
  private func annotate() throws {
    throw ErrorReport(
      status: .usage, message: "this build serves no pages",
      remedy: "build with the trait Viewer, or measure with --replay")
  }
  #endif
}
