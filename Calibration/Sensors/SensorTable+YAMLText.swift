extension SensorTable {
  /// The table as the text of a sensor file, from which `init(yaml:)` makes an equal table.
  public var yaml: String {
    var lines = [
      "name: \(name)", "title: \(Self.quoted(title))", "quality: \(quality.rawValue)",
      "source: \(Self.quoted(source))",
    ]
    if let rotationRate { lines.append("rotation_hz: \(Self.text(rotationRate))") }
    lines.append("intensity_maximum: \(Self.text(intensityMaximum))")
    if !intensityResponse.isEmpty {
      let knots = intensityResponse.map { "[\($0.map(Self.text).joined(separator: ", "))]" }
      lines.append("intensity_response: [\(knots.joined(separator: ", "))]")
    }
    if !azimuthSteps.isEmpty {
      lines.append("azimuth_steps:")
      lines += azimuthSteps.map { Self.item([("step_deg", $0.step), ("share", $0.share)]) }
    }
    if let range {
      let fields = Self.fields(
        [("maximum_m", range.maximum)],
        unless: [("minimum_m", range.minimum, 0), ("quantum_m", range.quantum, 0)])
      lines.append("range: {\(fields)}")
    }
    if let energy {
      let fields = Self.fields(
        [("no_return_below", energy.noReturn), ("zero_intensity_below", energy.zeroIntensity)])
      lines.append("energy: {\(fields)}")
    }
    if !egoMask.isEmpty {
      lines.append("ego_mask:")
      lines += egoMask.map { box in
        let intervals = [("x_m", box.x), ("y_m", box.y), ("z_m", box.z)].map { name, ends in
          "\(name): [\(ends.map(Self.text).joined(separator: ", "))]"
        }
        return "  - {\(intervals.joined(separator: ", "))}"
      }
    }
    if !egoSectors.isEmpty {
      lines.append("ego_sectors:")
      lines += egoSectors.map { sector in
        let azimuths = sector.azimuth.map(Self.text).joined(separator: ", ")
        return "  - {beam: \(sector.beam), azimuth_deg: [\(azimuths)]}"
      }
    }
    lines.append("beams:")
    lines += beams.map(Self.line)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ beam: Beam) -> String {
    let fields = fields(
      [("elevation_deg", beam.elevation)],
      unless: [
        ("azimuth_offset_deg", beam.azimuthOffset, 0),
        ("vertical_offset_m", beam.verticalOffset, 0),
        ("horizontal_offset_m", beam.horizontalOffset, 0),
        ("intensity_offset", beam.intensityOffset, 0), ("sensitivity", beam.sensitivity, 1),
      ])
    return "  - {\(fields)}"
  }

  private static func item(_ fields: [(String, Double)]) -> String {
    "  - {\(Self.fields(fields))}"
  }

  /// Fields in one line; those of `unless` only where they differ from what is left out otherwise.
  private static func fields(
    _ fields: [(name: String, value: Double)],
    unless others: [(name: String, value: Double, omitted: Double)] = []
  ) -> String {
    let kept = fields + others.filter { $0.value != $0.omitted }.map { ($0.name, $0.value) }
    return kept.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
  }

  /// The shortest text that reads as the same number.
  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
  }

  /// Text in double quotes, which YAML never takes for anything else.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
