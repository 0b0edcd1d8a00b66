import PointClouds
import Synchronization

/// Scans with their labels that were read before, as many as fit: sets of a few hundred scans are read
/// once and not in every epoch.
final class ScanCache: Sendable {
  /// A scan as it was read.
  struct Entry: Sendable {
    var cloud: PointCloud
    var labels: [PointLabel]
  }

  private struct Shelf {
    var entries: [Int: Entry] = [:]
    var pointCount = 0
  }

  /// Points that are kept at most: about half a gigabyte.
  private static let limit = 20_000_000

  private let shelf = Mutex(Shelf())

  /// The scan with a number, read if it is not there.
  ///
  /// - Throws: what reading throws.
  func entry(_ number: Int, read: () throws -> Entry) rethrows -> Entry {
    if let known = shelf.withLock({ $0.entries[number] }) { return known }
    let entry = try read()
    shelf.withLock { shelf in
      guard shelf.entries[number] == nil, shelf.pointCount + entry.cloud.count <= Self.limit
      else { return }
      shelf.entries[number] = entry
      shelf.pointCount += entry.cloud.count
    }
    return entry
  }
}
