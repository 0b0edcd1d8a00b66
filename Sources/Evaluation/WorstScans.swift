public import Foundation
public import Pictures
public import PointClouds
import RangeImages
public import Sensors

/// The scans with the largest share of wrong points, kept to be drawn.
public struct WorstScans: Sendable {
  /// A scan that is shown.
  struct Entry: Sendable {
    var scores: ScanScores
    var image: ScanPicture
  }

  /// How many are kept.
  public let limit: Int
  private let labelMap: LabelMap
  private let headline: EvaluationProtocol
  /// The worst first.
  private var entries: [Entry] = []

  /// None yet.
  ///
  /// - Parameters:
  ///   - limit: how many are kept, 0 or more.
  ///   - labelMap: what labels mean.
  ///   - headline: the protocol whose errors are shown.
  public init(limit: Int, labelMap: LabelMap, headline: EvaluationProtocol) {
    self.limit = limit
    self.labelMap = labelMap
    self.headline = headline
  }

  /// Keeps a scan if it is among the worst.
  ///
  /// Where the network's image of it is not known, it is projected onto 64 x 512 cells of the front, or
  /// 64 x 2048 of the whole sweep, by `sensor`'s rings or else by elevation.
  public mutating func add(
    _ scan: EvaluatedScan, _ scores: ScanScores, seenBy sensor: SensorTable?
  ) {
    guard scores.wrong > 0 else { return }
    let place = entries.firstIndex { ScanScores.isWorse(scores, $0.scores) } ?? entries.count
    guard place < limit, let projection = projection(of: scan, from: sensor) else { return }
    let image = ScanPicture(
      scan, projection, ScoredPoints(scan, under: headline, labelMap: labelMap), labelMap)
    entries.insert(Entry(scores: scores, image: image), at: place)
    if entries.count > limit { entries.removeLast() }
  }

  /// The pictures of the scans, the worst first.
  ///
  /// - Throws: `PicturesError.tooLarge` where libpng refuses the size of one.
  public func pictures() throws(PicturesError) -> [WorstScanPicture] {
    var pictures: [WorstScanPicture] = []
    for entry in entries {
      pictures.append(
        WorstScanPicture(scores: entry.scores, png: try entry.image.picture().pngData()))
    }
    return pictures
  }

  private func projection(of scan: EvaluatedScan, from sensor: SensorTable?) -> Projection? {
    if let image = scan.image { return image.projection }
    var geometry: ImageGeometry = headline == .kittiFront ? .kittiFront : .kittiFull
    if let rings = try? Projector.project(scan.cloud, geometry: geometry, sensor: sensor) {
      return rings
    }
    geometry.rowRule = .elevation
    return try? Projector.project(scan.cloud, geometry: geometry)
  }
}

/// The picture of one of the worst scans.
public struct WorstScanPicture: Sendable {
  /// Which scan it is, and how it came out.
  public let scores: ScanScores
  /// A PNG file.
  public let png: Data
}
