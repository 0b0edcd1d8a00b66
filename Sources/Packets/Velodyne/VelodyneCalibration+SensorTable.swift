public import Sensors

extension VelodyneCalibration {
  /// The calibration that a sensor table describes.
  ///
  /// A table's beams go from top to bottom; which laser each is follows from the model. Tables do not
  /// hold distance corrections: give them by the lasers' numbers, in metres, where they are known.
  ///
  /// - Throws: `uncalibrated` where the table has another number of beams than the model, or the
  ///   corrections are not as many.
  public init(
    _ table: SensorTable, for model: VelodyneModel, distanceCorrections: [Double]? = nil
  ) throws(PacketsError) {
    let count = model.laserCount
    guard table.beams.count == count, (distanceCorrections?.count ?? count) == count else {
      throw PacketsError(
        .uncalibrated,
        "\(table.name) has \(table.beams.count) beams, a \(model.rawValue) has \(count)",
        remedy: "Use the table of a \(model.rawValue).")
    }
    var lasers = [Laser](repeating: Laser(elevation: 0), count: count)
    for (beam, laser) in zip(table.beams, Self.lasersFromTheTop(of: model, beams: table.beams)) {
      lasers[laser] = Laser(
        elevation: beam.elevation, rotationalCorrection: beam.azimuthOffset,
        verticalOffset: beam.verticalOffset, horizontalOffset: beam.horizontalOffset,
        distanceCorrection: distanceCorrections?[laser] ?? 0)
    }
    try self.init(lasers: lasers)
  }

  private static func lasersFromTheTop(
    of model: VelodyneModel, beams: [SensorTable.Beam]
  ) -> [Int] {
    if let nominal = nominal(model) {
      var lasers = [Int](repeating: 0, count: beams.count)
      for (laser, ring) in nominal.rings.enumerated() { lasers[ring] = laser }
      return lasers
    }
    // Of an HDL-64E's two blocks, whose beams may alternate where they meet, the upper sits higher.
    let heights = beams.map(\.verticalOffset).sorted()
    let middle = ((heights.first ?? 0) + (heights.last ?? 0)) / 2
    let isTold = beams.count { $0.verticalOffset > middle } == 32
    var (upper, lower) = (upperBlock[...], upperBlock[...])
    return beams.enumerated().map { index, beam in
      let isUpper = isTold ? beam.verticalOffset > middle : index < 32
      return isUpper ? upper.removeFirst() : lower.removeFirst() + 32
    }
  }

  /// The lasers of an HDL-64E's block from its top to its bottom.
  private static let upperBlock = [
    29, 28, 25, 24, 3, 2, 31, 30, 27, 26, 21, 20, 17, 16, 13, 12, 23, 22, 19, 18, 15, 14, 9, 8, 5,
    4,
    1, 0, 11, 10, 7, 6,
  ]
}
