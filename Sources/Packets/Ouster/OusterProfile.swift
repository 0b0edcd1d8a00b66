/// How a sensor of Ouster writes its pixels: its `udp_profile_lidar`.
///
/// All numbers are little-endian; a distance of 0 is no return.
public enum OusterProfile: String, CaseIterable, Sendable {
  case legacy = "LEGACY"
  case single = "RNG19_RFL8_SIG16_NIR16"
  case lowData = "RNG15_RFL8_NIR8"
  case dual = "RNG19_RFL8_SIG16_NIR16_DUAL"
  case lowDataDual = "RNG15_RFL8_NIR8_DUAL"
  case functionalSafety = "FUSA_RNG15_RFL8_NIR8_DUAL"

  /// Where a pixel has one of its returns.
  struct Return: Sendable {
    /// The first of the three bytes that hold the distance.
    var distance: Int
    /// Which of their bits are the distance.
    var mask: Int
    /// The bits that a unit of it leaves out of a millimetre.
    var shift = 0
    /// The byte of the reflectivity.
    var reflectivity: Int
  }

  /// How many bytes a pixel has.
  var pixelLength: Int {
    switch self {
    case .legacy, .single: 12
    case .lowData: 4
    case .dual: 16
    case .lowDataDual, .functionalSafety: 8
    }
  }

  /// The returns of a pixel, one or two.
  var returns: [Return] {
    switch self {
    case .legacy: [Return(distance: 0, mask: 0xfffff, reflectivity: 4)]
    case .single: [Return(distance: 0, mask: 0x7ffff, reflectivity: 4)]
    case .lowData: [Return(distance: 0, mask: 0x7fff, shift: 3, reflectivity: 2)]
    case .dual:
      [
        Return(distance: 0, mask: 0x7ffff, reflectivity: 3),
        Return(distance: 4, mask: 0x7ffff, reflectivity: 7),
      ]
    case .lowDataDual, .functionalSafety:
      [
        Return(distance: 0, mask: 0x7fff, shift: 3, reflectivity: 2),
        Return(distance: 4, mask: 0x7fff, shift: 3, reflectivity: 6),
      ]
    }
  }
}
