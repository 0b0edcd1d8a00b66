import Packets
import TestSupport
import Testing

/// What an assembler makes of packets.
struct SweepRun {
  var sweeps: [Sweep]
  var totals: SweepTotals

  /// Decodes the packets of an encoder's sensor in the order given.
  init(
    _ packets: [[UInt8]], of encoder: VelodyneEncoder,
    configuration change: (inout SweepConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = SweepConfiguration()
    configuration.calibrations = [.hdl64ES2: encoder.calibration]
    change(&configuration)
    var assembler = VelodyneAssembler(
      try configuration.decoder(.hdl64ES2), configuration: configuration)
    var sweeps: [Sweep] = []
    for packet in packets {
      sweeps += assembler.receive(try VelodynePacket(packet), captureTime: nil)
    }
    self.sweeps = sweeps + assembler.finish()
    totals = assembler.totals
  }

  /// Decodes the packets of an Ouster in the order given.
  init(
    _ packets: [[UInt8]], of encoder: OusterEncoder,
    configuration change: (inout SweepConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = SweepConfiguration()
    change(&configuration)
    let metadata = try encoder.metadata()
    var assembler = OusterAssembler(metadata, configuration: configuration)
    var sweeps: [Sweep] = []
    for packet in packets {
      sweeps += assembler.receive(try OusterPacket(packet, of: metadata), captureTime: nil)
    }
    self.sweeps = sweeps + assembler.finish()
    totals = assembler.totals
  }

  var points: [SweepPoint] { sweeps.flatMap(\.points) }

  /// Whether the points of each sweep are of one revolution, by what the encoder wrote into them.
  var isUnmixed: Bool { sweeps.allSatisfy { Set($0.points.map(\.intensity)).count <= 1 } }

  /// Expects the points of packets, within 2 mm.
  func expectPoints(of packets: [EncodedPacket]) {
    let expected = packets.flatMap(\.points)
    #expect(points.count == expected.count)
    let isNear = zip(points, expected).allSatisfy { point, other in
      abs(point.x - other.x) < 0.002 && abs(point.y - other.y) < 0.002
        && abs(point.z - other.z) < 0.002 && point.intensity == other.intensity
        && point.ring == other.ring
    }
    #expect(isNear)
  }
}
