import Randomness

/// What a key is drawn for, so that two uses of one sample draw different numbers.
enum SamplePurpose: UInt64 {
  case sample = 1
  case order, epoch, source, window
  case flip, rotation, crop, paste, bank
  case pointDrop, beamDrop, rangeJitter, intensity, intensityDropout
  case noise, weights, mix
}

extension RandomKey {
  /// The key of one of several things below this one.
  func key(_ purpose: SamplePurpose, _ index: Int = 0) -> Self {
    key(purpose: purpose.rawValue, index: index)
  }
}

extension RandomStream {
  /// A number from 0 to below `count`, for counts that a `Float` cannot hold too.
  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
