import Packets
import Sensors

/// The tables of the sensors that send packets.
struct SensorTables {
  /// The calibrations of the models that the named sensor may be.
  private(set) var calibrations: [VelodyneModel: VelodyneCalibration] = [:]
  private var velodynes: [VelodyneModel: SensorTable] = [:]
  /// The named sensor.
  private let named: SensorTable?

  /// - Throws: `.unknownSensor` where the named sensor has as many beams as no model, and as none of
  ///   those whose metadata are given.
  init(_ options: PacketOptions) throws(StreamsError) {
    named = options.sensor
    for (model, name) in [(VelodyneModel.vlp16, "vlp16"), (.hdl32E, "hdl32e")] {
      velodynes[model] = SensorCatalogue.bundled.tables.first { $0.name == name }
    }
    if let calibration = options.calibration {
      try take(calibration)
      guard named != nil else { return }
    }
    guard let named else { return }
    // A table with as many beams is that of the model, whichever the packets say.
    for model in VelodyneModel.allCases where model.laserCount == named.beams.count {
      calibrations[model] =
        options.calibration ?? (try? VelodyneCalibration(named, for: model))
      velodynes[model] = named
    }
    guard !calibrations.isEmpty || options.metadata.contains(where: isNamed) else {
      throw StreamsError(
        .unknownSensor, "no Velodyne has \(named.beams.count) beams as \(named.name) has",
        remedy: "name the table of the sensor that sent the packets")
    }
  }

  /// The calibration of the very sensor goes before what is nominal.
  private mutating func take(_ calibration: VelodyneCalibration) throws(StreamsError) {
    for model in VelodyneModel.allCases where model.laserCount == calibration.lasers.count {
      calibrations[model] = calibration
    }
    guard !calibrations.isEmpty else {
      throw StreamsError(
        .unknownSensor, "no Velodyne has the \(calibration.lasers.count) lasers of the calibration",
        remedy: "give the calibration of the sensor that sent the packets")
    }
  }

  /// The table of a sensor; nothing where none is known.
  func table(of model: SensorModel) -> SensorTable? {
    switch model {
    case .velodyne(let model): velodynes[model]
    case .ouster(let metadata): isNamed(metadata) ? named : try? SensorTable(metadata)
    }
  }

  private func isNamed(_ metadata: OusterMetadata) -> Bool {
    named?.beams.count == metadata.altitudes.count
  }
}
