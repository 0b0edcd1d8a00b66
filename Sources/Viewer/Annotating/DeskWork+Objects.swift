#if Viewer
import Annotation
import Foundation
import PointClouds

/// Objects of clicks, of chosen points, and of the sweep before.
extension DeskWork {
  func click(_ point: Int, _ objectClass: ObjectClass, _ number: Int) throws -> Outcome {
    let opened = try open(number)
    guard (0..<opened.sweep.cloud.count).contains(point) else {
      throw SweepFault(.refused, "there is no point \(point)", remedy: "load the page anew")
    }
    guard
      let proposal = oneClick.proposal(atPoint: point, as: objectClass, in: opened.sweep)
    else {
      throw SweepFault(
        .refused, "nothing stands on the ground within 0.6 m of this point",
        remedy: "click on the object, or choose its points with the brush or the lasso")
    }
    return try add(proposal, as: objectClass, to: number)
  }

  func gather(
    _ points: PointRuns, _ objectClass: ObjectClass, _ number: Int
  ) throws -> Outcome {
    let opened = try open(number)
    let own = try checked(points, opened)
    guard let proposal = oneClick.proposal(of: own, as: objectClass, in: opened.sweep) else {
      throw SweepFault(.refused, "no points are chosen", remedy: "choose some first")
    }
    return try add(proposal, as: objectClass, to: number)
  }

  /// Points that are another object's stay its own.
  private func add(
    _ proposal: OneClick.Proposal, as objectClass: ObjectClass, to number: Int
  ) throws -> Outcome {
    let labels = try annotation(of: number).labels
    let free = proposal.points.filter { labels[$0].instance == 0 }
    guard !free.isEmpty else {
      throw SweepFault(
        .refused, "all points of it are another object's",
        remedy: "select that one, or take points from it first")
    }
    let object = AnnotatedObject(
      id: try freeID(number), objectClass: objectClass, box: proposal.box, state: .edited)
    try session.perform(.addObject(object, points: PointRuns(free)), in: try name(of: number))
    return Outcome(selected: object.id)
  }

  func split(_ id: UInt16, _ points: PointRuns, _ number: Int) throws -> Outcome {
    let opened = try open(number)
    let annotation = try annotation(of: number)
    guard let object = annotation.objects[id] else { throw Self.noObject(id) }
    let own = try checked(points, opened).filter { annotation.labels[$0].instance == id }
    let proposal = oneClick.proposal(of: own, as: object.objectClass, in: opened.sweep)
    let new = AnnotatedObject(
      id: try freeID(number), objectClass: object.objectClass, box: proposal?.box, state: .edited)
    try session.perform(
      .splitObject(id, points: PointRuns(own), new: new), in: try name(of: number))
    return Outcome(selected: new.id)
  }

  func fit(_ id: UInt16, _ number: Int) throws -> Outcome {
    let opened = try open(number)
    let annotation = try annotation(of: number)
    guard let object = annotation.objects[id] else { throw Self.noObject(id) }
    let own = annotation.points(of: id).filter { !opened.sweep.isGround($0) }
    guard let proposal = oneClick.proposal(of: own, as: object.objectClass, in: opened.sweep)
    else {
      throw SweepFault(
        .refused, "object \(id) has no points above the ground",
        remedy: "give it some with the brush or the lasso")
    }
    try session.perform(.setBox(id, proposal.box), in: try name(of: number))
    return Outcome(selected: id)
  }

  /// Lets tracks search the objects of a sweep in the one behind it, where nobody did anything yet.
  func carry(from number: Int) throws -> Outcome {
    let next = number + 1
    let nextName = try name(of: next)
    guard !session.document.isChanged(nextName) else { return Outcome() }
    guard let gap = sweeps.gap(from: number, to: next) else {
      return Outcome(remark: "the next sweep does not follow this one: nothing is carried on")
    }
    let opened = try open(next)
    var tracker = ObjectTracker(following: try steps(to: number), oneClick: oneClick)
    guard !tracker.tracks.isEmpty else { return Outcome() }
    let found = tracker.advance(
      to: opened.sweep, seconds: gap * 0.1, pose: try sweeps.pose(of: try sweeps.scan(next)))
    let objects = tracker.tracks.values.sorted { $0.id < $1.id }
    var isTaken = try annotation(of: next).labels.map { $0.instance != 0 }
    let added = objects.compactMap { track -> AddedObject? in
      guard let place = found[track.id] else { return nil }
      let points = place.points.filter { !isTaken[$0] }
      for point in points { isTaken[point] = true }
      let object = AnnotatedObject(
        id: track.id, objectClass: track.objectClass, box: place.box, state: .predicted)
      return AddedObject(object, points: PointRuns(points))
    }
    if !added.isEmpty { try session.perform(.addObjects(added), in: nextName) }
    let lost = objects.map(\.id).filter { found[$0] == nil }
    return Outcome(
      remark: lost.isEmpty
        ? nil : "not found again: " + lost.map { "object \($0)" }.joined(separator: ", "))
  }

  /// The annotated sweeps that lead to one, itself the last.
  private func steps(to number: Int) throws -> [AnnotatedStep] {
    var steps: [AnnotatedStep] = []
    var place = number
    while steps.count < ObjectTracker.stepsToFollow, place >= 0 {
      let name = try name(of: place)
      guard let sweep = session.document.sweeps[name], !sweep.objects.isEmpty else { break }
      let gap = sweeps.gap(from: place - 1, to: place)
      let pose = try sweeps.pose(of: try sweeps.scan(place))
      steps.insert(AnnotatedStep(sweep, seconds: (gap ?? 0) * 0.1, pose: pose), at: 0)
      guard gap != nil else { break }
      place -= 1
    }
    return steps
  }

  private func freeID(_ number: Int) throws -> UInt16 {
    guard let id = session.document.freeID(inDriveOf: try name(of: number)) else {
      throw SweepFault(
        .refused, "all 65,535 numbers of objects are taken", remedy: "annotate fewer objects")
    }
    return id
  }

  private func checked(_ points: PointRuns, _ opened: DeskSweeps.Opened) throws -> [Int] {
    let last = points.runs.last?.upperBound ?? 0
    guard points.runs.first?.lowerBound ?? 0 >= 0, last <= opened.sweep.cloud.count else {
      throw SweepFault(
        .refused, "the sweep has \(opened.sweep.cloud.count) points, not \(last)",
        remedy: "load the page anew")
    }
    // A point without a position has no part in any box.
    return points.indices.filter(opened.sweep.cloud.isMeasured)
  }

  private static func noObject(_ id: UInt16) -> SweepFault {
    SweepFault(
      .refused, "there is no object \(id)", remedy: "select one of the sweep's objects")
  }
}
#endif
