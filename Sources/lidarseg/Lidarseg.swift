import ArgumentParser

@main
struct Lidarseg: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lidarseg",
    abstract: "A label for every point of a LiDAR scan.")
}
