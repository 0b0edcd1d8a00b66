import Randomness

extension RandomKey {
  /// What a key of the simulator is for, so that two uses of one index draw different numbers.
  enum Purpose: UInt64 {
    case scene = 1
    case street, ground, buildings, vegetation, furniture, clutter, backdrop
    case vehicles, people, riders, ego, actor
    case frame, attitude, beam, pulse, ring, patch, glass
    case neighbour
  }

  /// The key of one of several things below this one.
  func key(_ purpose: Purpose, _ index: Int = 0) -> Self {
    key(purpose: purpose.rawValue, index: index)
  }
}
