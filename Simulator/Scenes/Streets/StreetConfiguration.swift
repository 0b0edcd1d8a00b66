/// What streets are made of.
public struct StreetConfiguration: Codable, Equatable, Sendable {
  /// How many times as many people as KITTI's streets have, from 0 to 10.
  public var people: Float = 2
  /// How many times as many riders of bicycles and motorcycles as KITTI's streets have, 0 to 10.
  public var riders: Float = 3
  /// How many times as many vehicles as KITTI's streets have, from 0 to 4.
  public var vehicles: Float = 1

  /// The defaults of all fields.
  public init() {}
}
