import YAMLTrees
import Yams

extension SensorTable {
  /// A table from the text of a sensor file.
  ///
  /// Every key is checked: an unknown one is refused, and so is a value out of its range.
  ///
  /// - Throws: `malformed`, with the line and a remedy.
  public init(yaml: String, path: String? = nil) throws(SensorsError) {
    let node: Node?
    do {
      node = try YAMLTree.composed(of: yaml)
    } catch {
      let lines = "\(error)".split(separator: "\n").joined(separator: " ")
      throw SensorsError(
        .malformed, "not valid YAML: \(lines)", remedy: "mend the file's syntax", path: path)
    }
    guard let node else {
      throw SensorsError(
        .malformed, "the file is empty", remedy: "give a sensor table", path: path)
    }
    do throws(SensorsError) {
      try self.init(StrictNode(node: node, name: "the sensor", path: path))
      try validate()
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  private init(_ root: StrictNode) throws(SensorsError) {
    let fields = try root.fields(
      [
        "name", "title", "quality", "source", "rotation_hz", "intensity_maximum",
        "intensity_response",
        "azimuth_steps", "range", "energy", "ego_mask", "ego_sectors", "beams",
      ], required: ["name", "title", "quality", "source", "intensity_maximum", "beams"])
    func field<T>(
      _ key: String, _ read: (StrictNode) throws(SensorsError) -> T
    ) throws(SensorsError) -> T? {
      guard let node = fields[key] else { return nil }
      return try read(node)
    }
    name = try field("name") { node throws(SensorsError) in try node.text() } ?? ""
    title = try field("title") { node throws(SensorsError) in try node.text() } ?? ""
    source = try field("source") { node throws(SensorsError) in try node.text() } ?? ""
    quality = try field("quality", Quality.init) ?? .nominal
    rotationRate = try field("rotation_hz") { node throws(SensorsError) in try node.number() }
    intensityMaximum =
      try field("intensity_maximum") { node throws(SensorsError) in try node.number() } ?? 255
    intensityResponse =
      try field("intensity_response") { node throws(SensorsError) in
        try node.list { knot throws(SensorsError) in
          try knot.list { item throws(SensorsError) in try item.number() }
        }
      } ?? []
    azimuthSteps =
      try field("azimuth_steps") { node throws(SensorsError) in
        try node.list(AzimuthStep.init)
      } ?? []
    range = try field("range", RangeLimits.init)
    energy = try field("energy", EnergyThresholds.init)
    egoMask = try field("ego_mask") { node throws(SensorsError) in try node.list(Box.init) } ?? []
    egoSectors =
      try field("ego_sectors") { node throws(SensorsError) in try node.list(Sector.init) } ?? []
    beams = try field("beams") { node throws(SensorsError) in try node.list(Beam.init) } ?? []
  }
}

extension StrictNode {
  fileprivate func list<T>(
    _ read: (StrictNode) throws(SensorsError) -> T
  ) throws(SensorsError) -> [T] {
    var list: [T] = []
    for element in try elements() {
      list.append(try read(element))
    }
    return list
  }

  fileprivate func numbers(
    _ known: [String], required: [String]
  ) throws(SensorsError) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for (key, value) in try fields(known, required: required) {
      numbers[key] = try value.number()
    }
    return numbers
  }
}

extension SensorTable.Quality {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let text = try node.text()
    guard let quality = Self(rawValue: text) else {
      throw node.failure(
        "the quality is \"\(text)\"",
        remedy: "give one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = quality
  }
}

extension SensorTable.AzimuthStep {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let keys = ["step_deg", "share"]
    let numbers = try node.numbers(keys, required: keys)
    self.init(step: numbers["step_deg", default: 0], share: numbers["share", default: 0])
  }
}

extension SensorTable.RangeLimits {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let numbers = try node.numbers(
      ["minimum_m", "maximum_m", "quantum_m"], required: ["maximum_m"])
    self.init(
      minimum: numbers["minimum_m", default: 0], maximum: numbers["maximum_m", default: 0],
      quantum: numbers["quantum_m", default: 0])
  }
}

extension SensorTable.EnergyThresholds {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let keys = ["no_return_below", "zero_intensity_below"]
    let numbers = try node.numbers(keys, required: keys)
    self.init(
      noReturn: numbers["no_return_below", default: 0],
      zeroIntensity: numbers["zero_intensity_below", default: 0])
  }
}

extension SensorTable.Box {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    var intervals: [String: [Double]] = [:]
    let keys = ["x_m", "y_m", "z_m"]
    for (key, value) in try node.fields(keys, required: keys) {
      intervals[key] = try value.list { item throws(SensorsError) in try item.number() }
    }
    self.init(
      x: intervals["x_m", default: []], y: intervals["y_m", default: []],
      z: intervals["z_m", default: []])
  }
}

extension SensorTable.Sector {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let keys = ["beam", "azimuth_deg"]
    let fields = try node.fields(keys, required: keys)
    guard let beam = fields["beam"], let azimuth = fields["azimuth_deg"] else {
      throw node.failure("a sector lacks a key", remedy: "give beam and azimuth_deg")
    }
    let number = try beam.number()
    guard let whole = Int(exactly: number) else {
      throw beam.failure("the beam is \(number)", remedy: "give a whole number")
    }
    self.init(
      beam: whole,
      azimuth: try azimuth.list { item throws(SensorsError) in try item.number() })
  }
}

extension SensorTable.Beam {
  fileprivate init(_ node: StrictNode) throws(SensorsError) {
    let numbers = try node.numbers(
      [
        "elevation_deg", "azimuth_offset_deg", "vertical_offset_m", "horizontal_offset_m",
        "intensity_offset", "sensitivity",
      ], required: ["elevation_deg"])
    self.init(
      elevation: numbers["elevation_deg", default: 0],
      azimuthOffset: numbers["azimuth_offset_deg", default: 0],
      verticalOffset: numbers["vertical_offset_m", default: 0],
      horizontalOffset: numbers["horizontal_offset_m", default: 0],
      intensityOffset: numbers["intensity_offset", default: 0],
      sensitivity: numbers["sensitivity", default: 1])
  }
}
