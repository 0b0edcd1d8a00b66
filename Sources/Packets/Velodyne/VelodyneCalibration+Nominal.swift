import Foundation

extension VelodyneCalibration {
  /// What all sensors of a model are built to; nil for the HDL-64E, each of which is different.
  ///
  /// From the sensors' manuals. All beams of a sensor go through one point in front of its axis: a
  /// beam's line crosses the axis lower or higher by as much as it rises or falls on the way there.
  public static func nominal(_ model: VelodyneModel) -> Self? {
    switch model {
    case .vlp16:
      fan(alternating(from: -15, and: 1, step: 2, count: 16), through: 0.04191)
    case .puckHiRes:
      fan(alternating(from: -10, and: 2.0 / 3, step: 4.0 / 3, count: 16), through: 0.04191)
    case .hdl32E:
      fan(alternating(from: -92.0 / 3, and: -28.0 / 3, step: 4.0 / 3, count: 32), through: 0.02887)
    case .vlp32C: fan(vlp32CElevations, vlp32CCorrections, through: 0.0424)
    case .vls128: fan(vls128Elevations, vls128Corrections, through: 0.05863)
    case .hdl64ES2, .hdl64ES3: nil
    }
  }

  /// Lasers by their angles, whose beams cross so many metres in front of the axis.
  private static func fan(
    _ elevations: [Double], _ corrections: [Double] = [0], through distance: Double
  ) -> Self {
    Self(
      checked: elevations.enumerated().map { laser, elevation in
        Laser(
          elevation: elevation, rotationalCorrection: corrections[laser % corrections.count],
          verticalOffset: -distance * tan(elevation * .pi / 180))
      })
  }

  /// Elevations of even lasers from one angle and of odd ones from another, both upwards.
  private static func alternating(
    from even: Double, and odd: Double, step: Double, count: Int
  ) -> [Double] {
    // Manuals round to hundredths, and so does everyone who compares.
    (0..<count).map {
      (((($0 % 2 == 0 ? even : odd) + Double($0 / 2) * step)) * 100).rounded() / 100
    }
  }

  private static let vlp32CElevations = [
    -25, -1, -1.667, -15.639, -11.31, 0, -0.667, -8.843, -7.254, 0.333, -0.333, -6.148, -5.333,
    1.333, 0.667, -4, -4.667, 1.667, 1, -3.667, -3.333, 3.333, 2.333, -2.667, -3, 7, 4.667, -2.333,
    -2, 15, 10.333, -1.333,
  ]

  /// The manual gives the angles clockwise.
  private static let vlp32CCorrections = [
    1.4, -4.2, 1.4, -1.4, 1.4, -1.4, 4.2, -1.4, 1.4, -4.2, 1.4, -1.4, 4.2, -1.4, 4.2, -1.4, 1.4,
    -4.2, 1.4, -4.2, 4.2, -1.4, 1.4, -1.4, 1.4, -1.4, 1.4, -4.2, 4.2, -1.4, 1.4, -1.4,
  ].map { -$0 }

  private static let vls128Corrections = [
    -6.354, -4.548, -2.732, -0.911, 0.911, 2.732, 4.548, 6.354,
  ]

  private static let vls128Elevations = [
    -11.742, -1.99, 3.4, -5.29, -0.78, 4.61, -4.08, 1.31, -6.5, -1.11, 4.28, -4.41, 0.1, 6.48, -3.2,
    2.19, -3.86, 1.53, -9.244, -1.77, 2.74, -5.95, -0.56, 4.83, -2.98, 2.41, -6.28, -0.89, 3.62,
    -5.07, 0.32, 7.58, -0.34, 5.18, -3.64, 1.75, -25, -2.43, 2.96, -5.73, 0.54, 9.7, -2.76, 2.63,
    -7.65, -1.55, 3.84, -4.85, 3.18, -5.51, -0.12, 5.73, -4.3, 1.09, -16.042, -2.21, 4.06, -4.63,
    0.76, 15, -3.42, 1.97, -6.85, -1.33, -5.62, -0.23, 5.43, -3.53, 0.98, -19.582, -2.32, 3.07,
    -4.74, 0.65, 11.75, -2.65, 1.86, -7.15, -1.44, 3.95, -2.1, 3.29, -5.4, -0.01, 4.5, -4.19, 1.2,
    -13.565, -1.22, 4.17, -4.52, 0.87, 6.08, -3.31, 2.08, -6.65, 1.42, -10.346, -1.88, 3.51, -6.06,
    -0.67, 4.72, -3.97, 2.3, -6.39, -1, 4.39, -5.18, 0.21, 6.98, -3.09, 4.98, -3.75, 1.64, -8.352,
    -2.54, 2.85, -5.84, -0.45, 8.43, -2.87, 2.52, -6.17, -1.66, 3.73, -4.96, 0.43,
  ]
}
