/// How many channels a part of a network has, or the numbers of them that a search chooses from.
///
/// In a recipe a number, or a list of numbers.
public struct Width: Equatable, Sendable {
  /// The numbers of channels, of which a network has one; 0 stands for a stage that is not there.
  public var candidates: [Int]

  /// The candidates to choose from.
  public init(_ candidates: [Int]) { self.candidates = candidates }

  /// One number of channels.
  public init(_ channels: Int) { candidates = [channels] }

  /// The most channels that it can have.
  public var greatest: Int { candidates.max() ?? 0 }
}

extension Width: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// One number of channels.
  public init(integerLiteral value: Int) { self.init(value) }

  /// The candidates to choose from.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Width: Codable {
  /// Reads a number or a list of numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let channels = try? container.decode(Int.self) {
      self.init(channels)
    } else {
      self.init(try container.decode([Int].self))
    }
  }

  /// Writes a number where there is one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if candidates.count == 1 {
      try container.encode(candidates[0])
    } else {
      try container.encode(candidates)
    }
  }
}
