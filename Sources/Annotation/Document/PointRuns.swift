/// A set of points as runs of consecutive indices: neighbours in a file are neighbours in a scan.
public struct PointRuns: Equatable, Sendable {
  /// The runs, in rising order, none empty and none touching the next.
  public private(set) var runs: [Range<Int>] = []

  /// The set of some indices, in any order; repeated ones count once.
  public init(_ indices: some Sequence<Int>) {
    for index in indices.sorted() {
      if let last = runs.last, index < last.upperBound { continue }
      if let last = runs.last, index == last.upperBound {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
  }

  /// The indices, in rising order.
  public var indices: [Int] { runs.flatMap { Array($0) } }

  /// How many indices there are.
  public var count: Int { runs.reduce(0) { $0 + $1.count } }
}

extension PointRuns: Codable {
  /// A set from a flat list of starts and lengths.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    var end = -1
    while !list.isAtEnd {
      let start = try list.decode(Int.self)
      let (sum, overflows) = start.addingReportingOverflow(try list.decode(Int.self))
      guard start > end, !overflows, sum > start else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "points that are not runs in rising order")
      }
      runs.append(start..<sum)
      end = sum
    }
  }

  /// Writes what `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for run in runs {
      try list.encode(run.lowerBound)
      try list.encode(run.count)
    }
  }
}
