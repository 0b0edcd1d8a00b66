import PointClouds

/// The times of points in seconds, from whatever unit and start a sensor's driver has for them.
///
/// Whole numbers are nanoseconds, others seconds, or nanoseconds where they spread over more than
/// 1000; those of 64 bits count from the earliest point.
struct PointTimes {
  /// Seconds since the start of the sweep, or since the message's stamp where they are relative to it.
  let seconds: [Float]
  /// Whether `seconds` are the very numbers that were there.
  let isExact: Bool

  /// No sweep takes as many seconds: numbers that spread further are nanoseconds.
  private static let longestSweep = 1000.0

  /// The times in numbers that a file stores so; `isWide` where they were whole ones of 64 bits.
  init(_ values: [Double], _ storage: ExtraField.Storage, isWide: Bool) {
    switch storage {
    case .int8, .uint8, .int16, .uint16, .int32, .uint32:
      seconds = values.map { Float($0 * 1e-9) }
      isExact = false
    case .float32, .float64:
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for value in values where value.isFinite {
        least = min(least, value)
        greatest = max(greatest, value)
      }
      let areNanoseconds = isWide || greatest - least > Self.longestSweep
      let unit = areNanoseconds ? 1e-9 : 1
      // 64 bits are a clock that started long before.
      let start = storage == .float64 && least.isFinite ? least : 0
      seconds = values.map { Float(($0 - start) * unit) }
      isExact = storage == .float32 && !areNanoseconds
    }
  }
}
