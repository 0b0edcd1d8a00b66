import CBundledFiles
import Foundation
import PointClouds
import Sensors
import TestSupport
import Testing

@Suite struct SensorTableTests {
  static let valid = """
    name: two
    title: Two beams
    quality: nominal
    source: made up
    rotation_hz: 10
    intensity_maximum: 1
    azimuth_steps:
      - {step_deg: 0.1, share: 0.25}
      - {step_deg: 0.2, share: 0.75}
    range: {minimum_m: 1, maximum_m: 100, quantum_m: 0.002}
    energy: {no_return_below: 1.0e-5, zero_intensity_below: 1.0e-4}
    ego_mask:
      - {x_m: [-1, 1], y_m: [-1, 1], z_m: [-2, -1]}
    beams:
      - {elevation_deg: 2, vertical_offset_m: 0.2, horizontal_offset_m: -0.1}
      - {elevation_deg: -3, azimuth_offset_deg: 1.5, intensity_offset: 0.1, sensitivity: 0.5}

    """

  @Test func everyFieldIsRead() throws {
    let table = try SensorTable(yaml: Self.valid)
    #expect(table.name == "two" && table.quality == .nominal && table.rotationRate == 10)
    #expect(table.azimuthSteps.map(\.step) == [0.1, 0.2])
    #expect(
      table.range?.minimum == 1 && table.range?.maximum == 100 && table.range?.quantum == 0.002)
    #expect(table.energy?.zeroIntensity == 1e-4)
    #expect(table.egoMask.first?.z == [-2, -1])
    #expect(
      table.beams == [
        .init(elevation: 2, verticalOffset: 0.2, horizontalOffset: -0.1),
        .init(elevation: -3, azimuthOffset: 1.5, intensityOffset: 0.1, sensitivity: 0.5),
      ])
    #expect(table.beamGap == 5)
  }

  @Test func whatIsNotKnownMayBeMissing() throws {
    let table = try SensorTable(
      yaml: """
        {name: a, title: b, quality: nominal, source: c, intensity_maximum: 255,
         beams: [{elevation_deg: 1}, {elevation_deg: 0}]}
        """)
    #expect(table.rotationRate == nil && table.range == nil && table.energy == nil)
    #expect(table.beams[1] == .init(elevation: 0))
  }

  @Test(arguments: [
    ("rotation_hz", "rotation_hertz", "did you mean \"rotation_hz\"?"),
    ("elevation_deg: 2", "elevation_dg: 2", "did you mean \"elevation_deg\"?"),
    ("quantum_m", "quantun_m", "did you mean \"quantum_m\"?"),
  ])
  func aMisspeltKeyIsRefusedAndTheNearestOneNamed(right: String, wrong: String, hint: String) throws
  {
    let error = try refusal(right, wrong)
    #expect(error.remedy == hint)
    #expect(error.message.hasPrefix("line "))
  }

  @Test(arguments: [
    ("elevation_deg: 2", "elevation_deg: .nan"), ("elevation_deg: 2", "elevation_deg: .inf"),
    ("elevation_deg: 2", "elevation_deg: two"), ("elevation_deg: 2", "elevation_deg: 90"),
    ("elevation_deg: 2", "elevation_deg: -3"), ("elevation_deg: 2", "elevation_deg: -4"),
    ("elevation_deg: 2, ", ""), ("name: two", "name: Two Beams"), ("name: two", "name:"),
    ("quality: nominal", "quality: good"), ("title: Two beams\n", ""),
    ("rotation_hz: 10", "rotation_hz: 0"), ("rotation_hz: 10", "rotation_hz: -.inf"),
    ("intensity_maximum: 1", "intensity_maximum: nan"), ("share: 0.25", "share: 0.3"),
    ("share: 0.25", "share: -0.25"), ("minimum_m: 1", "minimum_m: 100"),
    ("z_m: [-2, -1]", "z_m: [-2]"), ("z_m: [-2, -1]", "z_m: [-1, -2]"), ("z_m: [-2, -1]", "z_m: 1"),
    ("rotation_hz: 10", "title: again"), ("range: {", "range: ["),
    ("sensitivity: 0.5", "sensitivity: -1"),
  ])
  func aMistakeIsRefused(right: String, wrong: String) throws {
    let error = try refusal(right, wrong)
    #expect(error.code == .malformed && !error.remedy.isEmpty && error.path == "some.yaml")
  }

  @Test(arguments: ["", "beams", "[1, 2]", "{}", "\u{0}", "a: [", "beams: []", "- &a [*a]"])
  func whatIsNoTableIsRefused(text: String) {
    #expect(throws: SensorsError.self) { try SensorTable(yaml: text) }
  }

  /// Each alias would be read as the whole list.
  @Test func aListOfManyAliasesIsRefused() throws {
    func list(of item: String) -> String {
      "[\([String](repeating: item, count: 5000).joined(separator: ", "))]"
    }
    let error = try refusal(
      "beams:", "energy: &list \(list(of: "1"))\nintensity_response: \(list(of: "*list"))\nbeams:")
    #expect(error.message.contains("5000 aliases"))
  }

  @Test func aTableCutOffAnywhereIsReadOrRefused() {
    // A cut can leave a well-formed table only where it takes trailing white space or a whole number
    // of digits: never one with fewer beams than two.
    for length in 0..<Self.valid.utf8.count {
      let cut = String(decoding: Self.valid.utf8.prefix(length), as: UTF8.self)
      if let table = try? SensorTable(yaml: cut) { #expect(table.beams.count == 2) }
    }
  }

  private func refusal(_ right: String, _ wrong: String) throws -> SensorsError {
    #expect(Self.valid.contains(right))
    let text = Self.valid.replacing(right, with: wrong, maxReplacements: 1)
    return try #require(throws: SensorsError.self) {
      try SensorTable(yaml: text, path: "some.yaml")
    }
  }
}

@Suite struct SensorCatalogueTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Calibration/Sensors/Tables")

  @Test func everyTableInTheFolderIsBundled() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    let names = files.map { $0.replacing(".yaml", with: "") }
    #expect(SensorCatalogue.bundled.tables.map(\.name) == names)
    for file in files {
      let table = try SensorCatalogue.load(path: Self.folder.appending(path: file).path)
      #expect(SensorCatalogue.bundled.tables.contains(table))
    }
  }

  @Test func anUnknownNameIsRefusedWithTheKnownOnes() throws {
    let error = try #require(throws: SensorsError.self) {
      try SensorCatalogue.bundled.named("hdl65")
    }
    #expect(error.code == .unknown && error.remedy.contains("hdl64e-kitti"))
  }

  @Test func aMissingFileAndOneThatIsNotTextAreRefused() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: SensorsError.self) {
      try SensorCatalogue.load(path: folder.path("none.yaml"))
    }
    #expect(missing?.code == .unreadable)
    let path = try folder.write([0xFF, 0xFE, 0x80], to: "binary.yaml")
    let binary = #expect(throws: SensorsError.self) { try SensorCatalogue.load(path: path) }
    #expect(binary?.code == .malformed && binary?.path == path)
  }

  @Test(
    arguments: [
      (0.9, 1, 1), (200, 1, 255), (255, 255, 255), (90, 100, 100), (256, 255, 65_535),
      (64_880, 1, 65_535), (.nan, 1, 1),
    ] as [(Float, Double, Float)])
  func intensitiesOfAnyUnitComeToOne(largest: Float, sensor: Double, unit: Float) throws {
    let cloud = PointCloud(x: [1, 2], y: [0, 0], z: [0, 0], intensity: [0, largest])
    let table = try SensorTable(
      name: "one", beams: [.init(elevation: 1), .init(elevation: 0)], intensityMaximum: sensor)
    #expect(cloud.intensityScale(for: table) == 1 / unit)
  }
}
