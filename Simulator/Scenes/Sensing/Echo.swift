/// A return as the sensor measures it.
struct Echo {
  /// Metres from where the pulse started; 0 where nothing returned.
  var range: Float = 0
  /// From 0 to 1.
  var intensity: Float = 0
  /// The logarithm of the energy, to tell which of two is stronger.
  var logEnergy: Float = 0
  /// The triangle it returned from.
  var triangle: UInt32 = .max
}
