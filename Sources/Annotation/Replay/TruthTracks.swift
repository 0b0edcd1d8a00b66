/// Gives the objects of consecutive sweeps their numbers: the truth's own, or where it has none that
/// of the nearest object of the class that was there before and moved on.
struct TruthTracks {
  private struct Track {
    var objectClass: ObjectClass
    var place: SIMD2<Double>
    var velocity = SIMD2<Double>.zero
    var isNew = true
    var missed = 0
  }

  /// How far an object may be from where it should be, in metres; how far a new one may come.
  private static let gates = (known: 1.2, new: 2.5)
  private var tracks: [UInt16: Track] = [:]
  private var numbers: [Int: UInt16] = [:]
  private var next: UInt16 = 1

  /// The numbers of a sweep's objects, which comes `steps` sweeps after the one before.
  mutating func numbers(
    of objects: [TruthObject], at places: [SIMD2<Double>], after steps: Double
  ) -> [UInt16] {
    var found = [UInt16?](repeating: nil, count: objects.count)
    for (index, object) in objects.enumerated() {
      guard let id = object.id else { continue }
      found[index] = numbers[id] ?? fresh()
      numbers[id] = found[index]
    }
    match(objects, places, steps, &found)
    let all = found.map { $0 ?? fresh() }
    remember(all, objects, places, steps)
    return all
  }

  /// The nearest pairs first.
  private func match(
    _ objects: [TruthObject], _ places: [SIMD2<Double>], _ steps: Double,
    _ found: inout [UInt16?]
  ) {
    var pairs: [(distance: Double, id: UInt16, index: Int)] = []
    for (id, track) in tracks {
      let expected = track.place + track.velocity * steps
      let gate = track.isNew ? Self.gates.new : Self.gates.known
      for index in objects.indices
      where objects[index].id == nil && objects[index].objectClass == track.objectClass {
        let offset = places[index] - expected
        let distance = (offset * offset).sum().squareRoot()
        if distance <= gate { pairs.append((distance, id, index)) }
      }
    }
    var used: Set<UInt16> = []
    for pair in pairs.sorted(by: { ($0.distance, $0.id, $0.index) < ($1.distance, $1.id, $1.index) }
    )
    where found[pair.index] == nil && used.insert(pair.id).inserted {
      found[pair.index] = pair.id
    }
  }

  private mutating func remember(
    _ found: [UInt16], _ objects: [TruthObject], _ places: [SIMD2<Double>], _ steps: Double
  ) {
    for id in tracks.keys {
      guard var track = tracks[id] else { continue }
      track.missed += 1
      track.place += track.velocity * steps
      tracks[id] = track.missed > 3 ? nil : track
    }
    for (index, id) in found.enumerated() where objects[index].id == nil {
      let place = places[index]
      guard var track = tracks[id] else {
        tracks[id] = Track(objectClass: objects[index].objectClass, place: place)
        continue
      }
      let moved = track.velocity + (place - track.place) / steps
      track.velocity += (moved - track.velocity) * (track.isNew ? 1 : 0.4)
      (track.place, track.isNew, track.missed) = (place, false, 0)
      tracks[id] = track
    }
  }

  private mutating func fresh() -> UInt16 {
    defer { next &+= 1 }
    return next
  }
}
