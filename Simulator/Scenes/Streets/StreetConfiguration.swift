/// What streets are made of.
public struct StreetConfiguration: Codable, Equatable, Sendable {
  /// How often each style of street comes.
  public var styles = StyleWeights()
  /// How many times as many people as KITTI's streets have, from 0 to 10.
  public var people: Float = 2
  /// How many times as many riders of bicycles and motorcycles as KITTI's streets have, 0 to 10.
  public var riders: Float = 3
  /// How many times as many vehicles as KITTI's streets have, from 0 to 4.
  public var vehicles: Float = 1
  /// How often a vehicle drives or stands right beside the ego vehicle, from 0 to 1.
  ///
  /// It fills a large part of the image, so that a network has to see it in many sizes and kinds.
  public var neighbours: Float = 0.6
  /// How many times as many trees, bushes and hedges as usual, from 0 to 2.
  public var vegetation: Float = 1
  /// How many times as much street furniture and clutter as usual, from 0 to 3.
  public var clutter: Float = 1
  /// How many times as many side streets as usual, from 0 to 2.
  public var junctions: Float = 1
  /// The share of streets that are curved, from 0 to 1.
  public var curves: Float = 0.5
  /// How often the street ends within sight, ahead as well as behind, from 0 to 1.
  public var vistas: Float = 0.7
  /// How many times as steep as usual the ground is, from 0 to 3.
  public var slopes: Float = 1

  /// The defaults of all fields.
  public init() {}

  /// Checks every field against its range.
  ///
  /// - Throws: `SimulatorError.Code.invalidConfiguration`, naming the field and its range.
  public func validate() throws(SimulatorError) {
    let weights = styles.choices.map(\.weight)
    for (style, weight) in styles.choices {
      try Self.check("styles.\(style.rawValue)", weight, 0...1000)
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw SimulatorError(
        .invalidConfiguration, "all weights of `styles` are 0",
        remedy: "give at least one style a weight above 0")
    }
    try Self.check("people", people, 0...10)
    try Self.check("riders", riders, 0...10)
    try Self.check("vehicles", vehicles, 0...4)
    try Self.check("neighbours", neighbours, 0...1)
    try Self.check("vegetation", vegetation, 0...2)
    try Self.check("clutter", clutter, 0...3)
    try Self.check("junctions", junctions, 0...2)
    try Self.check("curves", curves, 0...1)
    try Self.check("vistas", vistas, 0...1)
    try Self.check("slopes", slopes, 0...3)
  }

  private static func check(
    _ field: String, _ value: Float, _ range: ClosedRange<Float>
  ) throws(SimulatorError) {
    guard range.contains(value) else {
      throw SimulatorError(
        .invalidConfiguration,
        "`\(field)` is \(value); it goes from \(range.lowerBound) to \(range.upperBound)",
        remedy: "give `\(field)` a value in that range")
    }
  }
}
