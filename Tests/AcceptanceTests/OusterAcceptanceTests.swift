import Packets
import Testing

/// Recordings of two sensors of Ouster, against what ouster-sdk 1.0.1 makes of them: `FrameBatcher`,
/// `XYZLut`, distances that are not 0, column by column.
@Suite struct OusterAcceptanceTests {
  /// A point, where it is among those of its return, and nanoseconds since the frame's begin.
  private struct Known {
    var index: Int
    var x, y, z: Float
    var intensity, ring: UInt8
    var time: Int64

    init(
      _ index: Int, _ x: Float, _ y: Float, _ z: Float, _ intensity: UInt8, _ ring: UInt8,
      _ time: Int64
    ) {
      (self.index, self.x, self.y, self.z) = (index, x, y, z)
      (self.intensity, self.ring, self.time) = (intensity, ring, time)
    }
  }

  /// The sweeps of a recording, whose other packets say how the sensor moves.
  private static func sweeps(
    _ capture: String, _ metadata: String, otherPackets: Int
  ) throws -> [Sweep] {
    let folder = "data/formats/ouster"
    var configuration = SweepConfiguration()
    configuration.ousterMetadata = [
      try OusterMetadata(path: SharedFolder.path("\(folder)/\(metadata)"))
    ]
    var file = try CaptureFile(path: SharedFolder.path("\(folder)/\(capture)"))
    var assembler = DatagramAssembler()
    var stream = SweepStream(configuration: configuration)
    var sweeps: [SourcedSweep] = []
    while let packet = try file.next() {
      if let datagram = assembler.receive(packet) { sweeps += try stream.receive(datagram) }
    }
    try file.finish()
    sweeps += try stream.finish()
    #expect(stream.counts.dataPackets == 64 && stream.counts.otherSizes == [48: otherPackets])
    #expect(stream.totals.map(\.totals.packets.lost) == [0])
    return sweeps.map(\.sweep)
  }

  private static func expect(
    _ points: [SweepPoint], of sweep: Sweep, count: Int, sums: SIMD3<Double>, intensities: Int,
    times: Int64, known: [Known]
  ) throws {
    try #require(points.count == count)
    let sum = points.reduce(SIMD3<Double>()) {
      $0 + SIMD3(Double($1.x), Double($1.y), Double($1.z))
    }
    let apart = sum - sums
    #expect(abs(apart.x) < 0.1 && abs(apart.y) < 0.1 && abs(apart.z) < 0.1)
    #expect(points.reduce(0) { $0 + Int($1.intensity) } == intensities)
    #expect(points.reduce(0) { $0 + $1.time - sweep.startTime } == times)
    for other in known {
      let point = points[other.index]
      #expect(abs(point.x - other.x) < 0.0005 && abs(point.y - other.y) < 0.0005)
      #expect(abs(point.z - other.z) < 0.0005 && point.time - sweep.startTime == other.time)
      #expect(point.intensity == other.intensity && point.ring == other.ring)
    }
  }

  @Test func bothReturnsOfAnOS0AreThoseOfTheSDK() throws {
    let name = "OS-0-32-U1_v2.2.0_1024x10"
    let sweeps = try Self.sweeps("\(name).pcap", "\(name).json", otherPackets: 10)
    try #require(sweeps.count == 1)
    let sweep = sweeps[0]
    #expect(sweep.isComplete && sweep.startTime == 515_816_892_860)
    let points = sweep.points.filter { $0.returnIndex == 0 }
    let counts = (0..<32).map { ring in points.count { $0.ring == ring } }
    #expect(counts == Self.countsOfOS0)
    try Self.expect(
      points, of: sweep, count: 21_631, sums: [-3881.663, -24364.463, 1579.652],
      intensities: 419_565, times: 1_103_038_558_360, known: Self.first)
    try Self.expect(
      sweep.points.filter { $0.returnIndex == 1 }, of: sweep, count: 172,
      sums: [1014.302, -2080.092, 601.095], intensities: 4257, times: 9_417_564_630,
      known: Self.second)
  }

  /// Reflectivities of its firmware are not calibrated: their square roots, computed with NumPy.
  @Test func theLegacyPacketsOfAnOS1AreThoseOfTheSDK() throws {
    let sweeps = try Self.sweeps(
      "OS-1-64_1024x10_fw20.pcap", "OS-1-64_sensor_config_reduced.json", otherPackets: 11)
    try #require(sweeps.count == 1)
    let sweep = sweeps[0]
    #expect(sweep.isComplete && sweep.startTime == 278_211_490_950)
    let counts = (0..<64).map { ring in sweep.points.count { $0.ring == ring } }
    #expect(counts == Self.countsOfOS1)
    try Self.expect(
      sweep.points, of: sweep, count: 16_749, sums: [3203.206, 20918.688, 7149.68],
      intensities: 779_095, times: 730_635_356_550, known: Self.legacy)
  }

  private static let first = [
    Known(0, -4.3119, -0.2170, 4.1613, 18, 0, 0),
    Known(4326, -4.1406, 6.2185, 5.2441, 16, 3, 16_396_940),
    Known(8652, 1.7713, 1.6199, -1.2085, 6, 25, 39_120_310),
    Known(12_978, 1.8965, -2.4166, -1.3698, 12, 24, 65_254_520),
    Known(17_304, -0.7988, -1.3682, -1.3843, 5, 30, 84_470_590),
    Known(21_630, -1.4111, -0.1171, -1.3717, 1, 31, 99_793_740),
  ]

  private static let second = [
    Known(0, -2.8603, 0.5376, 0.2150, 11, 14, 3_707_350),
    Known(34, -0.3935, 5.1135, -1.1772, 4, 20, 24_590_690),
    Known(68, 23.7928, -11.6976, 7.0388, 32, 10, 57_931_810),
    Known(102, 8.1660, -22.1648, 8.8621, 42, 8, 70_034_750),
    Known(136, 1.7162, -24.2188, 7.7573, 35, 9, 74_522_120),
    Known(171, -4.1640, -3.3627, -1.5128, 2, 21, 89_937_810),
  ]

  private static let legacy = [
    Known(0, -1.8094, 0.0980, 0.5680, 12, 0, 0),
    Known(3349, -1.0643, 0.6219, -0.0387, 17, 38, 8_688_550),
    Known(6699, 1.1312, 1.8634, 0.4387, 34, 11, 34_574_510),
    Known(10_048, 6.2298, 2.2352, 1.9881, 165, 0, 43_656_240),
    Known(13_398, -0.7553, -1.7697, 0.5801, 28, 1, 81_116_780),
    Known(16_748, -1.3060, 0.0650, -0.2109, 4, 52, 99_863_760),
  ]

  private static let countsOfOS0 = [
    263, 292, 318, 339, 360, 392, 426, 417, 492, 471, 481, 480, 481, 543, 583, 591, 654, 792, 912,
    984, 938, 912, 956, 986, 975, 965, 957, 952, 945, 942, 927, 905,
  ]

  private static let countsOfOS1 = [
    367, 361, 371, 343, 358, 374, 393, 404, 419, 431, 430, 417, 438, 425, 425, 400, 432, 420, 418,
    373, 364, 349, 344, 329, 347, 334, 302, 277, 304, 264, 256, 250, 249, 275, 294, 279, 287, 263,
    275, 251, 239, 243, 240, 228, 220, 192, 167, 132, 187, 139, 119, 92, 138, 90, 57, 41, 94, 75,
    45, 16, 37, 43, 19, 4,
  ]
}
