import Foundation
import Graphs

extension BlockNetworkConfiguration {
  /// A place where one of several blocks stands.
  public struct Place: Equatable, Sendable {
    /// The name that its nodes and parameters start with.
    public var name: String
    /// What can stand there.
    public var candidates: [Block]
  }

  /// All places from the input to the output.
  public var places: [Place] {
    let encoded = stages.enumerated().flatMap {
      Self.places(Part.stage($0).name, $1.places)
    }
    let decoded = decoder.enumerated().flatMap { Self.places("decoder\($0 + 1)", $1) }
    return encoded + decoded + Self.places(Part.head.name, headPlaces)
  }

  private static func places(_ name: String, _ places: [[Block]]) -> [Place] {
    places.enumerated().map { Place(name: "\(name)_\($0 + 1)", candidates: $1) }
  }

  /// A part of a network that has a width.
  public enum Part: Hashable, Sendable {
    /// The first convolution, and the decoder at its size.
    case stem
    /// A stage, counted from 0, and the decoder at its size.
    case stage(Int)
    /// What is at the full size of the image.
    case head

    /// What its nodes start with.
    public var name: String {
      switch self {
      case .stem: "stem"
      case .stage(let index): "stage\(index + 1)"
      case .head: "head"
      }
    }

    /// What the architecture parameters of its width are called.
    public var widthName: String { "\(name)/width" }
  }

  /// All parts, from the input to the output.
  public var parts: [Part] { [.stem] + stages.indices.map(Part.stage) + [.head] }

  /// The parts whose width is to be chosen.
  public var partsToChoose: [Part] { parts.filter { self[$0].candidates.count > 1 } }

  /// The width of a part.
  public subscript(part: Part) -> Width {
    get {
      switch part {
      case .stem: stem
      case .stage(let index): stages[index].width
      case .head: head
      }
    }
    set {
      switch part {
      case .stem: stem = newValue
      case .stage(let index): stages[index].width = newValue
      case .head: head = newValue
      }
    }
  }

  /// Whether each stage divides rows and columns by numbers that images can be divided by.
  public var hasSoundStrides: Bool {
    stages.allSatisfy {
      (1...64).contains($0.stride.height) && (1...64).contains($0.stride.width)
    }
  }

  /// The space with each part as wide as it can be: its parameters hold those of all networks.
  public var widest: BlockNetworkConfiguration {
    var widest = self
    for part in parts { widest[part] = Width(self[part].greatest) }
    return widest
  }

  /// The configuration with other lists at its places, in the order of `places`.
  ///
  /// - Precondition: there is a list for every place.
  public func replacingCandidates(_ candidates: [[Block]]) -> BlockNetworkConfiguration {
    precondition(
      candidates.count == places.count, "\(candidates.count) lists for \(places.count) places")
    var rest = candidates.makeIterator()
    func next(_ places: [[Block]]) -> [[Block]] { places.map { rest.next() ?? $0 } }
    var changed = self
    for index in stages.indices { changed.stages[index].places = next(stages[index].places) }
    changed.decoder = decoder.map(next)
    changed.headPlaces = next(headPlaces)
    return changed
  }

  /// The network that has at each place the block of that position in its list, and then each width of
  /// `partsToChoose` likewise.
  public func choosing(_ choices: [Int]) -> BlockNetworkConfiguration {
    let blocks = choices.prefix(places.count)
    var chosen = replacingCandidates(zip(places, blocks).map { [$0.candidates[$1]] })
    for (part, choice) in zip(partsToChoose, choices.dropFirst(places.count)) {
      chosen[part] = Width(self[part].candidates[choice])
    }
    chosen.dropAbsentStages()
    return chosen
  }

  /// Leaves out the first stage without channels, all behind it, and the decoder at their sizes.
  private mutating func dropAbsentStages() {
    guard let first = stages.firstIndex(where: { $0.width.greatest == 0 }) else { return }
    decoder.removeFirst(min(decoder.count, stages.count - first))
    stages.removeSubrange(first...)
  }

  /// How many networks the space holds, as a power of ten; those that lack a stage count as often as it could
  /// have been filled.
  public var logarithmicSize: Double {
    let counts =
      places.map(\.candidates.count) + partsToChoose.map { self[$0].candidates.count }
    return counts.reduce(0) { $0 + log10(Double($1)) }
  }
}
