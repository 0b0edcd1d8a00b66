public import Foundation
import JSONTexts

/// How long each unit takes on one machine: what a network's units take together is what the network takes.
///
/// The look-up table of Wu et al., arXiv 1812.03443, section 3.3.
public struct LatencyTable: Codable, Equatable, Sendable {
  /// What was measured of a unit.
  public struct Entry: Codable, Equatable, Sendable {
    /// The median, in the table's unit.
    public var median: Double
    /// A quarter of the runs took less.
    public var lowerQuartile: Double
    /// A quarter of the runs took more.
    public var upperQuartile: Double
    /// How many runs there were.
    public var count: Int

    /// An entry; see the properties.
    public init(median: Double, lowerQuartile: Double, upperQuartile: Double, count: Int) {
      (self.median, self.count) = (median, count)
      (self.lowerQuartile, self.upperQuartile) = (lowerQuartile, upperQuartile)
    }

    /// What some runs took; nothing of none.
    public init?(of runs: [Double]) {
      guard !runs.isEmpty else { return nil }
      let sorted = runs.sorted()
      self.init(
        median: sorted[sorted.count / 2], lowerQuartile: sorted[sorted.count / 4],
        upperQuartile: sorted[sorted.count * 3 / 4], count: sorted.count)
    }
  }

  /// The unit of what was timed.
  public static let milliseconds = "ms"
  /// The unit of what an emulator counted.
  public static let millionInstructions = "million instructions"
  /// Whose kernels computed where a network was C, as `lidarseg latency --emit-c` and `export --to c` write it.
  public static let exportedKernels = "c"

  /// The unit that entries are in: `milliseconds` or `millionInstructions`.
  public var unit: String
  /// The processor's name.
  public var processor: String
  /// Whose kernels computed.
  public var kernels: String
  /// On how many threads.
  public var threads: Int
  /// What passes between one unit and the next.
  public var betweenUnits: Double
  /// The entries by the keys of their units.
  public var entries: [String: Entry]

  /// A table; see the properties.
  public init(
    unit: String = Self.milliseconds, processor: String, kernels: String, threads: Int,
    betweenUnits: Double = 0, entries: [String: Entry]
  ) {
    (self.unit, self.processor, self.kernels) = (unit, processor, kernels)
    (self.threads, self.betweenUnits, self.entries) = (threads, betweenUnits, entries)
  }

  /// Reads a table.
  ///
  /// - Throws: `.unreadable`; `.damaged` where the file is none.
  public init(path: String) throws(ExecutionError) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw ExecutionError(
        .unreadable, "the latency table cannot be read: \(error.localizedDescription)",
        remedy: "check the path, or measure a table by lidarseg latency --out \(path)", path: path)
    }
    do {
      self = try JSONText.decode(Self.self, from: bytes)
    } catch {
      throw ExecutionError(
        .damaged, "this is no latency table: \(error)",
        remedy: "measure one by lidarseg latency --out \(path)", path: path)
    }
    if let fault {
      throw ExecutionError(
        .damaged, fault, remedy: "measure it again by lidarseg latency --out \(path)", path: path)
    }
  }

  /// What no table says; nothing where all is well.
  private var fault: String? {
    guard [Self.milliseconds, Self.millionInstructions].contains(unit) else {
      return "the unit \"\(unit)\" is neither \(Self.milliseconds) nor \(Self.millionInstructions)"
    }
    guard (1...4096).contains(threads) else { return "\(threads) threads are not within 1...4096" }
    let medians = entries.values.map(\.median)
    guard medians.allSatisfy({ (0...1e9).contains($0) }), medians.contains(where: { $0 > 0 }) else {
      return "the table has entries that are not within 0...1e9, or none above 0"
    }
    // What passes between two units is measured as a rest, and may come out a little below 0.
    guard abs(betweenUnits) <= 10 * (medians.max() ?? 0) else {
      return "between units pass \(betweenUnits) \(unit), far more than the greatest of them takes"
    }
    return nil
  }

  /// The table as JSON, line by line and in a fixed order.
  public var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self)
    }
  }

  /// What some units take together.
  ///
  /// - Throws: `.table`, naming some of the units that the table does not have: it was measured for other
  ///   networks.
  public func prediction(for units: [LatencyUnit]) throws(ExecutionError) -> Double {
    let missing = Set(units.map(\.key).filter { entries[$0] == nil }).sorted()
    guard missing.isEmpty else {
      throw ExecutionError(
        .table,
        "the latency table of \(processor) (\(kernels), \(threads) threads) lacks \(missing.count) of "
          + "the network's units, such as \(missing[0])",
        remedy: "measure a table for this space of networks by lidarseg latency, on another device "
          + "by a program of lidarseg latency --emit-c")
    }
    return units.reduce(0) { $0 + betweenUnits + (entries[$1.key]?.median ?? 0) }
  }
}
