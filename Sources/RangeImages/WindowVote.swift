/// Decides one point after another: what a vote reads, and the memory it works in.
struct WindowVote {
  let vote: NeighbourVote
  /// Cells from one row of the padded image to the next.
  let stride: Int
  /// Ranges and labels of the padded image.
  let ranges: UnsafeBufferPointer<Float>
  let labels: UnsafeBufferPointer<UInt8>
  /// One per cell of the window.
  let weights: UnsafeBufferPointer<Float>
  /// One above the bits of the largest distance that votes, 0 where none does: distances are not
  /// negative, and sort as their bits do; what is no number is above all.
  let limit: UInt64
  /// As many as the window has cells.
  let candidates: UnsafeMutableBufferPointer<UInt64>
  /// As many as vote.
  let nearest: UnsafeMutableBufferPointer<UInt64>

  /// The class that the window at `corner` gives a point at `range`.
  @inline(__always)
  func winner(corner: Int, range: Float) -> UInt8 {
    let half = vote.window / 2
    let own = labels[corner + half * stride + half]
    let (count, isUnanimous) = findCandidates(corner: corner, range: range, own: own)
    if isUnanimous, vote.classes.contains(own) { return own }
    if count <= nearest.count { return mostVoted(UnsafeBufferPointer(candidates), count, own: own) }
    selectNearest(of: count)
    return mostVoted(UnsafeBufferPointer(nearest), nearest.count, own: own)
  }

  /// Gathers the cells within the cutoff: how many they are, and whether all have the class `own`.
  ///
  /// Those beyond the cutoff would take a place and cast no vote; they are the farthest.
  @inline(__always)
  private func findCandidates(
    corner: Int, range: Float, own: UInt8
  ) -> (count: Int, isUnanimous: Bool) {
    let (size, half) = (vote.window, vote.window / 2)
    var found = Found()
    for row in 0..<size {
      let (cell, place) = (corner + row * stride, row * size)
      if row == half {
        add(half, at: cell, place, range: range, own: own, to: &found)
        candidates[found.count] = UInt64(truncatingIfNeeded: place + half) << 8 | UInt64(own)
        found.count &+= (limit > 0 ? 1 : 0)
        add(half, at: cell + half + 1, place + half + 1, range: range, own: own, to: &found)
      } else {
        add(size, at: cell, place, range: range, own: own, to: &found)
      }
    }
    return (found.count, found.differences == 0)
  }

  private struct Found {
    var count = 0
    var differences: UInt64 = 0
  }

  /// Adds those of `length` cells of a row that are within the cutoff.
  ///
  /// A candidate is distance, place in the window and label, from the highest bits to the lowest:
  /// as whole numbers they sort by distance, equal ones by place. A branch would depend on every
  /// single cell, so there is none.
  @inline(__always)
  private func add(
    _ length: Int, at cell: Int, _ place: Int, range: Float, own: UInt8, to found: inout Found
  ) {
    for column in 0..<length {
      let distance = abs(ranges[cell &+ column] - range) * weights[place &+ column]
      let bits = UInt64(distance.bitPattern)
      let label = UInt64(labels[cell &+ column])
      candidates[found.count] =
        bits << 32 | UInt64(truncatingIfNeeded: place &+ column) << 8 | label
      // The highest bit of a difference below 0.
      let isWithin = (bits &- limit) >> 63
      found.count &+= Int(truncatingIfNeeded: isWithin)
      found.differences |= (label ^ UInt64(own)) & (0 &- isWithin)
    }
  }

  /// Puts the smallest candidates into `nearest`, five at a time: each candidate goes past the five
  /// in registers, takes the place of a larger one and pushes that on.
  @inline(__always)
  private func selectNearest(of count: Int) {
    var taken = 0
    while taken < nearest.count {
      var (a, b, c, d, e) = (UInt64.max, UInt64.max, UInt64.max, UInt64.max, UInt64.max)
      for candidate in 0..<count {
        var larger = candidates[candidate]
        (a, larger) = (min(a, larger), max(a, larger))
        (b, larger) = (min(b, larger), max(b, larger))
        (c, larger) = (min(c, larger), max(c, larger))
        (d, larger) = (min(d, larger), max(d, larger))
        (e, larger) = (min(e, larger), max(e, larger))
        candidates[candidate] = larger
      }
      let five = SIMD8(a, b, c, d, e, 0, 0, 0)
      for place in 0..<min(5, nearest.count - taken) { nearest[taken + place] = five[place] }
      taken += 5
    }
  }

  /// The class with most votes; the smallest of several.
  @inline(__always)
  private func mostVoted(_ voters: UnsafeBufferPointer<UInt64>, _ count: Int, own: UInt8) -> UInt8 {
    var best = 0
    for candidate in 0..<count {
      let label = UInt8(truncatingIfNeeded: voters[candidate])
      var votes = 0
      for voter in 0..<count {
        // Only of 0 does 1 less have the highest bit; a comparison would become a branch.
        let difference = (voters[voter] ^ voters[candidate]) & 0xFF
        votes &+= Int(truncatingIfNeeded: (difference &- 1) >> 63)
      }
      let score = votes << 8 | Int(UInt8.max - label)
      best = max(best, vote.classes.contains(label) ? score : 0)
    }
    guard best > 0 else { return vote.padsWithZeros ? vote.classes.lowerBound : own }
    return UInt8.max - UInt8(truncatingIfNeeded: best)
  }
}
