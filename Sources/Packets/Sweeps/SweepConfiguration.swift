/// How packets become sweeps.
public struct SweepConfiguration: Sendable {
  /// Where a revolution of a Velodyne begins, in degrees from 0 to below 360, clockwise from forward;
  /// an Ouster says itself where its frames begin.
  public var cutAzimuth = 0.0
  /// How many packets wait for earlier ones; 0 takes each as it comes.
  public var reorderWindow = 8
  /// Nanoseconds without packets after which a sensor counts as started anew, and the longest that
  /// a sweep may last.
  public var longestGap: Int64 = 1_000_000_000
  /// The model of a Velodyne, where it is not to be found out.
  public var model: VelodyneModel?
  /// Calibrations of models, instead of the angles that they are built to.
  public var calibrations: [VelodyneModel: VelodyneCalibration] = [:]
  /// The metadata of sensors of Ouster, without which their packets cannot be read.
  public var ousterMetadata: [OusterMetadata] = []
  /// Whether second returns are kept that repeat the first.
  public var keepsRepeatedReturns = false

  /// What suits most captures.
  public init() {}

  /// A decoder for a model.
  ///
  /// - Throws: `uncalibrated` for an HDL-64E whose calibration is not given.
  public func decoder(_ model: VelodyneModel) throws(PacketsError) -> VelodyneDecoder {
    guard let calibration = calibrations[model] ?? .nominal(model) else {
      throw PacketsError(
        .uncalibrated, "every \(model.rawValue) has its own angles, and none are given",
        remedy: "Give the sensor's calibration or a sensor table.")
    }
    return try VelodyneDecoder(
      model, calibration: calibration, keepsRepeatedReturns: keepsRepeatedReturns)
  }
}
