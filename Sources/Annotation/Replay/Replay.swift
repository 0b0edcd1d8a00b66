public import Datasets
public import PointClouds

/// Plays an ideal annotator over the sweeps of a drive after the other, once with a click for each
/// object of each sweep and once with tracks.
public struct Replay {
  /// Objects with fewer points off the ground are left out.
  public let leastPoints: Int
  private let oneClick: OneClick
  var tracker: ObjectTracker
  private var truthTracks = TruthTracks()
  private var drive: String?
  private var number: Double?
  /// The number under which an object of the truth is annotated, where that is another one.
  var names: [UInt16: UInt16] = [:]
  var seen: [UInt16: (steps: Int, corrections: Int)] = [:]
  private var clicks = ReplayTally()
  var tracked = ReplayTally()
  private var counts = ReplayResult()
  private var seconds: (open: [Double], click: [Double], track: [Double]) = ([], [], [])

  /// A replay without sweeps.
  public init(leastPoints: Int = 50, oneClick: OneClick = OneClick()) {
    self.leastPoints = leastPoints
    self.oneClick = oneClick
    tracker = ObjectTracker(oneClick: oneClick)
  }

  /// A sweep as the annotator leaves it.
  public struct AnnotatedSweep: Sendable {
    /// The objects with their points that stand on the ground.
    public var objects: [(object: AnnotatedObject, points: [Int])]
    /// Whether each point's class is known; of the points of objects that were left out it is not.
    public var isKnown: [Bool]
  }

  /// Counts a sweep without truth.
  public mutating func skip() { counts.ignored.withoutTruth += 1 }

  /// Annotates a sweep.
  ///
  /// - Parameters:
  ///   - cloud: its points.
  ///   - truth: what is known of them.
  ///   - drive: which recording it is of.
  ///   - number: its number in the recording; sweeps follow at 10 Hz.
  ///   - pose: where the sensor was, where that is known.
  /// - Returns: the objects, as the tracks and the corrections leave them.
  public mutating func add(
    _ cloud: PointCloud, _ truth: SweepTruth, drive: String, number: Double,
    pose: SensorPose? = nil
  ) -> AnnotatedSweep {
    let start = ContinuousClock.now
    let sweep = OpenedSweep(cloud)
    seconds.open.append((ContinuousClock.now - start) / .seconds(1))
    counts.scans += 1
    counts.origins[truth.origin.rawValue, default: 0] += 1
    counts.ignored.merged += truth.mergedCount
    if pose != nil { counts.sweepsWithPose += 1 }
    let steps = follow(drive, number)
    let annotator = IdealAnnotator(oneClick: oneClick, sweep: sweep, truth: truth)
    let trackStart = ContinuousClock.now
    let found = tracker.advance(to: sweep, seconds: steps * 0.1, pose: pose)
    if !tracker.tracks.isEmpty {
      seconds.track.append((ContinuousClock.now - trackStart) / .seconds(1))
    }
    let objects = countable(truth, annotator)
    let places = objects.map { Self.middle(annotator.standing($0), sweep) }
    let numbers = named(
      truthTracks.numbers(of: objects, at: places, after: steps), objects, found, annotator)
    var annotated: [(AnnotatedObject, [Int])] = []
    for (object, id) in zip(objects, numbers) {
      let outcome = annotate(object, id, found[id], annotator, pose)
      let result = AnnotatedObject(
        id: id, objectClass: object.objectClass, box: outcome.box, state: .confirmed)
      annotated.append((result, outcome.points))
    }
    settleOrphans(found, besides: numbers, annotator, annotated)
    // Lost tracks end by themselves.
    for (id, track) in tracker.tracks where track.missedSweeps > 5 { tracker.end(id) }
    return AnnotatedSweep(objects: annotated, isKnown: known(truth, annotator))
  }

  /// Starts anew with another drive; gives how many sweeps lie between this one and the one before.
  private mutating func follow(_ drive: String, _ number: Double) -> Double {
    defer { (self.drive, self.number) = (drive, number) }
    let gap = self.number.map { number - $0 } ?? 0
    // Over more than half a second nobody would let objects be carried on.
    if drive == self.drive, gap > 0, gap <= 5 { return gap }
    finishDrive()
    tracker = ObjectTracker(oneClick: oneClick)
    truthTracks = TruthTracks()
    names = [:]
    return 1
  }

  private mutating func finishDrive() {
    let long = seen.values.filter { $0.steps > 0 }
    counts.tracks.objects += long.count
    counts.tracks.neverCorrected += long.count { $0.corrections == 0 }
    seen = [:]
  }

  /// What is known of the points that the annotator looked at: objects that were left out are unknown.
  private func known(_ truth: SweepTruth, _ annotator: IdealAnnotator) -> [Bool] {
    var isKnown = truth.isKnown
    for object in truth.objects where annotator.standing(object).count < leastPoints {
      for point in object.points { isKnown[point] = false }
    }
    return isKnown
  }

  private mutating func countable(
    _ truth: SweepTruth, _ annotator: IdealAnnotator
  ) -> [TruthObject] {
    truth.objects.filter { object in
      let isEnough = annotator.standing(object).count >= leastPoints
      if !isEnough { counts.ignored.fewPoints += 1 }
      return isEnough
    }
  }

  private mutating func annotate(
    _ object: TruthObject, _ id: UInt16, _ found: ObjectTracker.Found?,
    _ annotator: IdealAnnotator, _ pose: SensorPose?
  ) -> IdealAnnotator.Outcome {
    let clicked = annotator.annotate(object)
    clicks.add(clicked, as: object.objectClass)
    seconds.click += clicked.seconds
    guard seen[id] != nil else {
      seen[id] = (0, 0)
      tracked.add(clicked, as: object.objectClass)
      start(id, object, clicked, pose)
      return clicked
    }
    counts.tracks.steps += 1
    let outcome = found.map { annotator.review($0, object) } ?? clicked
    let isKept = found != nil && outcome.scores.arePointsRight
    if !isKept {
      if found == nil { counts.tracks.lost += 1 } else { counts.tracks.wrong += 1 }
    }
    seen[id] = seen[id].map { ($0.steps + 1, $0.corrections + (isKept ? 0 : 1)) }
    tracked.add(outcome, as: object.objectClass)
    if outcome.effort.total > 0 || found == nil { start(id, object, outcome, pose) }
    return outcome
  }

  private mutating func start(
    _ id: UInt16, _ object: TruthObject, _ outcome: IdealAnnotator.Outcome, _ pose: SensorPose?
  ) {
    guard let box = outcome.box else { return tracker.end(id) }
    tracker.start(
      id, as: object.objectClass, box: box, pointCount: outcome.points.count,
      quality: outcome.quality, pose: pose)
  }

  private static func middle(_ points: [Int], _ sweep: OpenedSweep) -> SIMD2<Double> {
    let sum = points.reduce(SIMD3<Double>.zero) { $0 + sweep.position($1) }
    return SIMD2(sum.x, sum.y) / Double(max(1, points.count))
  }

  /// What was found until now.
  public mutating func result() -> ReplayResult {
    finishDrive()
    var result = counts
    result.oneClick = clicks.result
    result.tracking = tracked.result
    result.times.open = ReplayResult.Times.Duration(seconds: seconds.open)
    result.times.click = ReplayResult.Times.Duration(seconds: seconds.click)
    result.times.track = ReplayResult.Times.Duration(seconds: seconds.track)
    return result
  }
}
