import ArgumentParser
import Foundation
import Recipes
import Sensors
import Simulator

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Make labelled scans of streets that do not exist.",
    discussion: """
      Writes sequences/NN with velodyne, labels, label_2, poses.txt, times.txt and calib.txt, one \
      sequence for each scene. A scene depends on the seed and its number alone: not on threads, \
      on order, or on how many processes mpirun starts.

      Example: lidarseg simulate streets --scenes 20 --sensor hdl64e-kitti --seed 7
      """)

  @Argument(help: "The folder to write to.", completion: .directory)
  var out: String

  @Option(help: "How many scenes.")
  var scenes = 10

  @Option(help: "A sensor's name, or a sensor file.", completion: .file())
  var sensor = "hdl64e-kitti"

  @Option(help: "The seed: other seeds give other streets.")
  var seed: UInt64 = 1

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func run() throws {
    let configuration = try recipe.resolve(SimulationConfiguration())
    let table = try SensorOption.table(named: sensor)
    let writer = SequenceWriter(folder: out)
    let scanner = try SceneScanner(configuration, sensor: table, seed: seed)
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: scenes, noun: "scenes")
    var count = SimulationCount()
    for scene in 0..<scenes {
      count.add(try writer.write(scene: scene, from: scanner))
      progress.advance(to: scene + 1)
    }
    progress.finish()
    verb.console.talk("\(count.scans) scans, \(count.points) points: \(out)")
  }
}
