/// How well points were given to an object.
public struct PointScore: Equatable, Sendable {
  /// Points of both.
  public var hits: Int
  /// Points that were given to it.
  public var given: Int
  /// Points that are its own.
  public var own: Int

  /// Compares two sets of points.
  public init(given: some Sequence<Int>, own: some Sequence<Int>) {
    let (given, own) = (Set(given), Set(own))
    hits = given.intersection(own).count
    self.given = given.count
    self.own = own.count
  }

  /// The intersection over union, 0...1.
  public var overlap: Double {
    let union = given + own - hits
    return union > 0 ? Double(hits) / Double(union) : 0
  }

  /// The share of what was given that is right, 0...1; 0 of nothing.
  public var precision: Double { given > 0 ? Double(hits) / Double(given) : 0 }

  /// The share of what is its own that was given, 0...1.
  public var recall: Double { own > 0 ? Double(hits) / Double(own) : 0 }
}
