/// Objects that tracks brought and that the truth has under another number, or not at all.
extension Replay {
  /// The numbers under which objects are annotated.
  ///
  /// Derived truth loses an object that is hidden for long and names it anew. Where a track has
  /// followed it meanwhile, and its points are the object's, it keeps the track's number.
  mutating func named(
    _ numbers: [UInt16], _ objects: [TruthObject], _ found: [UInt16: ObjectTracker.Found],
    _ annotator: IdealAnnotator
  ) -> [UInt16] {
    let known = Set(numbers.map { names[$0] ?? $0 })
    let orphans = found.filter { !known.contains($0.key) }
    for (index, object) in objects.enumerated() {
      let number = numbers[index]
      guard names[number] == nil, seen[number] == nil else { continue }
      let own = annotator.standing(object)
      let follower = orphans.filter { tracker.tracks[$0.key]?.objectClass == object.objectClass }
        .map { ($0.key, PointScore(given: $0.value.points, own: own).overlap) }
        .max { ($0.1, $1.0) < ($1.1, $0.0) }
      guard let follower, follower.1 >= Effort.leastPointOverlap else { continue }
      names[number] = follower.0
    }
    // An object that comes back under its own number has the first right to it.
    var used = Set(numbers.filter { names[$0] == nil })
    return numbers.map { number in
      guard let name = names[number] else { return number }
      if used.insert(name).inserted { return name }
      names[number] = nil
      return number
    }
  }

  /// What the annotator does about objects that tracks brought and the truth does not have.
  ///
  /// Those that lie on another object, or on what is known to be none, are deleted.
  mutating func settleOrphans(
    _ found: [UInt16: ObjectTracker.Found], besides numbers: [UInt16],
    _ annotator: IdealAnnotator, _ annotated: [(AnnotatedObject, [Int])]
  ) {
    let taken = Set(annotated.flatMap(\.1))
    let small = Set(
      annotator.truth.objects.filter { annotator.standing($0).count < leastPoints }
        .flatMap(\.points))
    for (id, object) in found where !numbers.contains(id) {
      let wrong = object.points.count {
        taken.contains($0) || (annotator.truth.isKnown[$0] && !small.contains($0))
      }
      guard 2 * wrong > object.points.count, let track = tracker.tracks[id] else { continue }
      tracker.end(id)
      tracked.addDeletion(as: track.objectClass)
    }
  }
}
