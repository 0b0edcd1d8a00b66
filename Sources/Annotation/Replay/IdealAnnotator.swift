import Foundation

/// An annotator who sees the truth: clicks on the middle of what is visible of an object, takes what
/// is right, and corrects the rest by counted operations.
struct IdealAnnotator {
  let oneClick: OneClick
  let sweep: OpenedSweep
  let truth: SweepTruth

  /// What became of an object.
  struct Outcome {
    var box: OrientedBox?
    var points: [Int]
    /// How the box was made; nothing where it was drawn.
    var quality: OneClick.Quality?
    /// How good it was before corrections.
    var scores: Scores
    var effort: Effort
    /// Seconds of each click.
    var seconds: [Double] = []
  }

  /// How good an object is.
  struct Scores {
    var points = PointScore(given: [], own: [])
    var pointsWithGround = PointScore(given: [], own: [])
    var boxFromAbove: Double?
    var box: Double?

    var arePointsRight: Bool { points.overlap >= Effort.leastPointOverlap }
    var isBoxRight: Bool { boxFromAbove.map { $0 >= Effort.leastBoxOverlap } ?? true }
  }

  /// The points of an object that stand on the ground.
  func standing(_ object: TruthObject) -> [Int] { object.points.filter { !sweep.isGround($0) } }

  /// Annotates an object by a click, and corrections where it needs them.
  func annotate(_ object: TruthObject) -> Outcome {
    let own = standing(object)
    var outcome = Outcome(points: [], scores: Scores(), effort: Effort())
    var best = click(own, object, &outcome)
    outcome.scores = scores(of: best, object)
    if !outcome.scores.arePointsRight {
      let missing = Set(own).subtracting(best?.points ?? [])
      let second = click(missing.isEmpty ? own : missing.sorted(), object, &outcome)
      if scores(of: second, object).points.overlap > outcome.scores.points.overlap { best = second }
    }
    (outcome.box, outcome.points) = (best?.box, best?.points ?? [])
    outcome.quality = best?.quality
    correct(&outcome, object)
    return outcome
  }

  /// Corrects an object that a track brought, where it needs it.
  func review(_ found: ObjectTracker.Found, _ object: TruthObject) -> Outcome {
    let scores = scores(box: found.box, points: found.points, object)
    var outcome = Outcome(
      box: found.box, points: found.points, quality: found.quality, scores: scores,
      effort: Effort())
    if !scores.arePointsRight {
      var clicked = annotate(object)
      clicked.scores = scores
      return clicked
    }
    correct(&outcome, object)
    return outcome
  }

  /// A click on the visible point nearest to the middle of some points.
  private func click(
    _ points: [Int], _ object: TruthObject, _ outcome: inout Outcome
  ) -> OneClick.Proposal? {
    outcome.effort.clicks += 1
    let middle =
      points.reduce(SIMD3<Double>.zero) { $0 + sweep.position($1) } / Double(max(1, points.count))
    func distance(_ index: Int) -> Double {
      let offset = sweep.position(index) - middle
      return (offset * offset).sum()
    }
    guard let nearest = points.min(by: { distance($0) < distance($1) }) else { return nil }
    let start = ContinuousClock.now
    let proposal = oneClick.proposal(atPoint: nearest, as: object.objectClass, in: sweep)
    outcome.seconds.append((ContinuousClock.now - start) / .seconds(1))
    return proposal
  }

  /// Brushes points and drags a box until both are right.
  private func correct(_ outcome: inout Outcome, _ object: TruthObject) {
    let own = Set(standing(object))
    let given = Set(outcome.points.filter { truth.isKnown[$0] })
    if PointScore(given: given, own: own).overlap < Effort.leastPointOverlap {
      outcome.effort.strokes += pieces(own.subtracting(given)) + pieces(given.subtracting(own))
      outcome.points = own.sorted()
      if let fitted = oneClick.proposal(
        of: outcome.points, as: object.objectClass, in: sweep)
      {
        (outcome.box, outcome.quality) = (fitted.box, fitted.quality)
      }
    }
    guard let right = object.box else { return }
    let overlap = outcome.box?.overlapFromAbove(right) ?? 0
    guard overlap < Effort.leastBoxOverlap else { return }
    let error = outcome.box.map { abs(remainder($0.heading - right.heading, .pi)) } ?? 0
    outcome.effort.drags += outcome.box == nil ? Effort.manual : 2
    if error > Effort.headingTolerance { outcome.effort.drags += 1 }
    (outcome.box, outcome.quality) = (right, nil)
  }

  /// In how many pieces some points lie.
  private func pieces(_ points: Set<Int>) -> Int {
    let places = points.sorted().map { index in
      let place = sweep.position(index)
      return SIMD2(place.x, place.y)
    }
    return LinkedPoints.groups(places, reach: 0.5).count
  }

  private func scores(of proposal: OneClick.Proposal?, _ object: TruthObject) -> Scores {
    guard let proposal else {
      var none = Scores()
      none.points = PointScore(given: [], own: standing(object))
      none.pointsWithGround = PointScore(given: [], own: object.points)
      if object.box != nil { (none.box, none.boxFromAbove) = (0, 0) }
      return none
    }
    return scores(box: proposal.box, points: proposal.points, object)
  }

  /// How good a box and its points are; points of which nothing is known count nowhere.
  private func scores(box: OrientedBox, points: [Int], _ object: TruthObject) -> Scores {
    var scores = Scores()
    scores.points = PointScore(
      given: points.filter { truth.isKnown[$0] }, own: standing(object))
    // The ground scatters around its height.
    var deep = box
    deep.bottom.z -= 0.15
    deep.size.z += 0.15
    let all = Set(points).union(sweep.points(in: deep, withGround: true))
    scores.pointsWithGround = PointScore(
      given: all.filter { truth.isKnown[$0] }, own: object.points)
    scores.boxFromAbove = object.box.map(box.overlapFromAbove)
    scores.box = object.box.map(box.overlap)
    return scores
  }
}
