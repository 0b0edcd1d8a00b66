import Foundation
import PointCloudIO
import PointClouds

/// How many cells of which class the images of a source hold.
public struct ClassCensus: Codable, Equatable, Sendable {
  /// The source's name.
  public let source: String
  /// The names of the classes.
  public let classes: [String]
  /// One census for each image.
  public let images: [ImageCensus]

  /// Counts all images of a source, on several threads.
  ///
  /// - Parameters:
  ///   - source: one that ends.
  ///   - threadCount: how many count at a time.
  ///   - progress: told how many images are done, now and then, from any thread.
  /// - Throws: what the first of the images that cannot be read throws.
  public init(
    of source: some SampleSource, threadCount: Int, progress: @Sendable (Int) -> Void = { _ in }
  ) throws {
    precondition(source.count != nil, "\(source.name) has no end to count to")
    let found = try ParallelMap.map(
      count: source.count ?? 0, threadCount: threadCount, progress: progress
    ) { try source.census(of: $0) }
    self.source = source.name
    classes = source.labelMap.classes.map(\.name)
    images = found
  }

  /// Reads what `write(to:)` wrote, if it is of this source as it is now.
  ///
  /// - Returns: nothing where there is no such file or it is of something else.
  public init?(path: String, of source: some SampleSource) {
    guard let data = FileManager.default.contents(atPath: path),
      let census = try? JSONDecoder().decode(Self.self, from: data),
      census.source == source.name, census.images.count == source.count,
      census.classes == source.labelMap.classes.map(\.name)
    else { return nil }
    self = census
  }

  /// Writes the census, so that the images need not be read for it again.
  ///
  /// - Throws: `.unwritable`, `.exhausted`.
  public func write(to path: String) throws {
    try TrainingError.located {
      try AtomicFile.write([UInt8](JSONEncoder().encode(self)), to: path)
    }
  }

  /// Cells of each class in all images.
  public var totals: [Int] {
    images.reduce(into: [Int](repeating: 0, count: classes.count)) { sums, image in
      for (position, count) in image.classes.enumerated() { sums[position] += count }
    }
  }

  /// Points of all images whose raw id the label map does not know.
  public var unknown: Int { images.reduce(0) { $0 + $1.unknown } }

  /// How often each image shall come, beside 1 for an image that holds none of the named classes.
  ///
  /// - Throws: `.invalidConfiguration` for a class that is none, or a weight below 0.
  public func weights(for balance: ClassBalance) throws(TrainingError) -> [Double] {
    let named = try balance.resolved(in: classes)
    return images.map { image in
      let held = named.filter { image.classes[$0.position] >= balance.minimumCells }
      return held.map(\.weight).max() ?? 1
    }
  }
}

/// How much more often images come that hold rare classes.
public struct ClassBalance: Codable, Equatable, Sendable {
  /// How often images with a class come.
  public struct Draw: Codable, Equatable, Sendable {
    /// The class's name.
    public var name: String
    /// How many times as often as an image without any of the listed classes.
    public var weight: Double

    /// See the properties.
    public init(name: String, weight: Double) {
      (self.name, self.weight) = (name, weight)
    }
  }

  /// The classes; the greatest weight of those that an image holds counts.
  public var classes: [Draw] = []
  /// Cells of a class from which on an image holds it.
  public var minimumCells = 20

  /// No class counts more than another.
  public init() {}

  func resolved(
    in names: [String]
  ) throws(TrainingError) -> [(position: Int, weight: Double)] {
    var found: [(position: Int, weight: Double)] = []
    for draw in classes {
      guard let position = names.firstIndex(of: draw.name), draw.weight > 0, draw.weight.isFinite
      else {
        throw TrainingError(
          .invalidConfiguration, "the class \(draw.name) shall weigh \(draw.weight)",
          remedy: "name one of \(names.joined(separator: ", ")), with a weight above 0")
      }
      found.append((position, draw.weight))
    }
    return found
  }
}
