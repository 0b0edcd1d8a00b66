public import Datasets
import Foundation

/// Carries annotated objects to the next sweeps.
///
/// Each track says where its object should be; there a click is made, with what the track knows of
/// size and heading, and what it finds is taken where it is near enough. Without poses the sensor is
/// taken to stand still; objects that are new then move as the others do.
public struct ObjectTracker: Sendable {
  /// The tracks by number.
  public private(set) var tracks: [UInt16: ObjectTrack] = [:]
  /// How clicks are made.
  public var oneClick: OneClick
  /// How far, at most, an object is searched from where it should be, in metres.
  public var gate: Double

  /// A tracker without tracks.
  public init(oneClick: OneClick = OneClick(), gate: Double = 3) {
    self.oneClick = oneClick
    self.gate = gate
  }

  /// Where an object was found.
  public struct Found: Equatable, Sendable {
    /// Its box, with the track's size.
    public var box: OrientedBox
    /// Its points that stand on the ground, in rising order.
    public var points: [Int]
    /// How the box was made.
    public var quality: OneClick.Quality
  }

  /// Starts or restarts a track from an object that is annotated in the sweep that was seen last.
  ///
  /// - Parameters:
  ///   - id: its number.
  ///   - objectClass: what it is.
  ///   - box: its box in the sensor's frame.
  ///   - pointCount: how many points stand on the ground there that are its own.
  ///   - quality: how the box was made; nothing where an annotator drew it.
  ///   - pose: where the sensor is; nothing where that is not known.
  public mutating func start(
    _ id: UInt16, as objectClass: ObjectClass, box: OrientedBox, pointCount: Int,
    quality: OneClick.Quality?, pose: SensorPose? = nil
  ) {
    let old = tracks[id]
    let common = pose == nil ? commonVelocity(besides: id) : .zero
    let isWalking = objectClass == .person
    let known = old.map { $0.foundSweeps > 2 } ?? false
    tracks[id] = ObjectTrack(
      id: id, objectClass: objectClass, box: box, pointCount: pointCount, quality: quality,
      pose: pose ?? SensorPose(),
      velocity: known ? old?.motion.velocity ?? .zero : common ?? .zero,
      velocityDeviation: known ? 3 : pose == nil ? (common == nil ? 12 : 5) : (isWalking ? 2 : 8))
  }

  /// Changes a track; without one nothing happens.
  mutating func update(_ id: UInt16, _ change: (inout ObjectTrack) -> Void) {
    guard var track = tracks[id] else { return }
    change(&track)
    tracks[id] = track
  }

  /// Ends a track.
  public mutating func end(_ id: UInt16) { tracks[id] = nil }

  /// The median velocity of the objects that were found often enough.
  private func commonVelocity(besides id: UInt16) -> SIMD2<Double>? {
    let known = tracks.values.filter { $0.id != id && $0.foundSweeps > 2 && $0.missedSweeps < 2 }
      .map(\.motion.velocity)
    guard known.count > 1 else { return nil }
    let (x, y) = (known.map(\.x).sorted(), known.map(\.y).sorted())
    return SIMD2(x[x.count / 2], y[y.count / 2])
  }

  /// Lets time pass and searches all objects in the next sweep.
  ///
  /// - Parameters:
  ///   - sweep: the sweep.
  ///   - seconds: since the one before.
  ///   - pose: where the sensor is; nothing where that is not known.
  /// - Returns: the objects that were found, by number.
  public mutating func advance(
    to sweep: OpenedSweep, seconds: Double, pose: SensorPose? = nil
  ) -> [UInt16: Found] {
    let pose = pose ?? SensorPose()
    for id in tracks.keys { tracks[id]?.predict(seconds: seconds) }
    var found: [UInt16: Found] = [:]
    var taken = Set<Int>()
    // The surest first: what it takes no other can have.
    let order = tracks.values.sorted {
      ($0.motion.deviation, Double($0.id)) < ($1.motion.deviation, Double($1.id))
    }
    for track in order {
      guard let proposal = search(track, in: sweep, from: pose, besides: taken) else { continue }
      taken.formUnion(proposal.points)
      let box = tracks[track.id]?.correct(proposal, seenFrom: pose) ?? proposal.box
      found[track.id] = Found(box: box, points: proposal.points, quality: proposal.quality)
    }
    return found
  }

  /// The best of what clicks near a track's place make.
  private func search(
    _ track: ObjectTrack, in sweep: OpenedSweep, from pose: SensorPose, besides taken: Set<Int>
  ) -> OneClick.Proposal? {
    let expected = track.box(seenFrom: pose, on: sweep.ground)
    let reach = min(gate, 0.5 + 3 * track.motion.deviation)
    let isRound = track.objectClass == .person
    let knowledge = OneClick.Knowledge(
      size: SIMD2(track.size.x, track.size.y), heading: expected.heading,
      headingTolerance: isRound ? .pi : 0.35)
    let inside = sweep.points(in: expected, margin: 0.2, withGround: false)
      .filter { !taken.contains($0) }
    var proposals = clicks(expected, inside, reach, in: sweep, besides: taken) {
      oneClick.proposal(at: $0, as: track.objectClass, in: sweep, knowing: knowledge)
    }
    // Where something touches the object, what is in its box says more than what hangs together, if
    // it is sure where that is.
    let isCovered = proposals.contains { PointScore(given: $0.points, own: inside).recall > 0.5 }
    if !isCovered, track.motion.deviation < 0.3,
      let masked = oneClick.proposal(
        of: inside, as: track.objectClass, in: sweep, knowing: knowledge)
    {
      proposals.append(masked)
    }
    var best: (proposal: OneClick.Proposal, score: Double)?
    for proposal in proposals {
      let offset = proposal.box.place - expected.place
      let distance = (offset * offset).sum().squareRoot()
      let free = proposal.points.count { !taken.contains($0) }
      guard distance <= reach, 2 * free > proposal.points.count else { continue }
      // A few points in the expected box say little, where there were many.
      let covered =
        PointScore(given: proposal.points, own: inside).recall
        * min(1, 2 * track.likeness(ofCount: inside.count))
      let score =
        proposal.box.overlapFromAbove(expected) - distance / gate + covered
        + 2 * track.likeness(ofCount: proposal.points.count)
      if score > best?.score ?? -.infinity { best = (proposal, score) }
    }
    return best?.proposal
  }

  /// What clicks make: one amid the points in the box that is expected, and then on what is nearest to
  /// its middle and not yet of an object, up to five.
  private func clicks(
    _ expected: OrientedBox, _ inside: [Int], _ reach: Double, in sweep: OpenedSweep,
    besides taken: Set<Int>, making make: (SIMD3<Double>) -> OneClick.Proposal?
  ) -> [OneClick.Proposal] {
    let place = SIMD2(Float(expected.place.x), Float(expected.place.y))
    // An object's near side is up to half a length before its middle.
    let radius = reach + expected.size.x / 2
    var rest = sweep.standing.points(around: place, within: Float(radius))
      .filter { !taken.contains($0) && Double(sweep.clearance[$0]) < expected.size.z + 0.3 }
    var proposals: [OneClick.Proposal] = []
    var seed = Self.middle(of: inside, in: sweep)
    for _ in 0..<5 {
      guard let place = seed ?? Self.nearest(to: expected.bottom, of: rest, in: sweep) else {
        break
      }
      seed = nil
      guard let proposal = make(place) else { break }
      proposals.append(proposal)
      let own = Set(proposal.points)
      let count = rest.count
      rest.removeAll { own.contains($0) }
      if rest.count == count { break }
    }
    return proposals
  }

  /// The point nearest to the middle of some points.
  private static func middle(of points: [Int], in sweep: OpenedSweep) -> SIMD3<Double>? {
    guard !points.isEmpty else { return nil }
    let sum = points.reduce(SIMD3<Double>.zero) { $0 + sweep.position($1) }
    return nearest(to: sum / Double(points.count), of: points, in: sweep)
  }

  private static func nearest(
    to place: SIMD3<Double>, of points: [Int], in sweep: OpenedSweep
  ) -> SIMD3<Double>? {
    func distance(_ point: SIMD3<Double>) -> Double {
      let (u, v) = (point.x - place.x, point.y - place.y)
      return u * u + v * v
    }
    return points.map(sweep.position).min { distance($0) < distance($1) }
  }
}
