/// What kind of place a street runs through.
public enum StreetStyle: String, CaseIterable, Codable, Sendable {
  /// Houses with gardens, parked cars, little traffic.
  case residential
  /// Closed blocks, wide pavements, shops and people.
  case city
  /// A through road with several lanes, few buildings, fast traffic.
  case arterial
  /// Lawns, trees, car parks, large separate buildings, people on foot.
  case campus
}

/// How often each style comes; only the proportions count.
public struct StyleWeights: Codable, Equatable, Sendable {
  /// Houses with gardens; 0 or more.
  public var residential: Float = 0.46
  /// Closed blocks; 0 or more.
  public var city: Float = 0.2
  /// Through roads; 0 or more.
  public var arterial: Float = 0.2
  /// Lawns and car parks; 0 or more.
  public var campus: Float = 0.14

  /// The defaults of all fields.
  public init() {}

  /// Each style with its weight.
  var choices: [(StreetStyle, weight: Float)] {
    [
      (.residential, residential), (.city, city), (.arterial, arterial), (.campus, campus),
    ]
  }
}
