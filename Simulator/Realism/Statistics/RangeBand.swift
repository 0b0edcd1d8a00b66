/// A band of ranges that things are told by, in metres.
public struct RangeBand: Equatable, Hashable, Sendable, Codable {
  /// The first range that belongs to it.
  public var from: Float
  /// The first range that no longer does.
  public var to: Float

  /// The bands that cars and other objects are told by.
  public static let ofObjects = bands([3, 8, 12, 18, 25, 35, 60])
  /// The bands that all cells are told by: up to the end of the window.
  public static let ofCells = bands([0, 3, 8, 12, 18, 25, 35, 60, 80.001])

  private static func bands(_ limits: [Float]) -> [Self] {
    zip(limits, limits.dropFirst()).map { Self(from: $0, to: $1) }
  }

  /// For people.
  var text: String { "\(Int(from))-\(Int(to)) m" }
}

extension [RangeBand] {
  /// The band that a range lies in.
  func index(of range: Float) -> Int? {
    firstIndex { $0.from <= range && range < $0.to }
  }
}
