import Packets
import TestSupport
import Testing

@Suite struct OusterStreamTests {
  private let encoder = OusterEncoder()

  private func datagram(_ payload: [UInt8], host: UInt32 = 1, port: UInt16 = 7502) -> Datagram {
    Datagram(
      sourceAddress: .ipv4(host), sourcePort: 7502, destinationPort: port, payload: payload, time: 5
    )
  }

  private func configuration(_ encoders: OusterEncoder...) throws -> SweepConfiguration {
    var configuration = SweepConfiguration()
    configuration.ousterMetadata = try encoders.map { try $0.metadata() }
    return configuration
  }

  @Test func twoSensorsOnOnePortAreToldApartByAddress() throws {
    var other = encoder
    (other.frameNumber, other.startTime) = (5000, 77_000_000_000)
    var stream = SweepStream(configuration: try configuration(encoder))
    var sweeps: [SourcedSweep] = []
    for (one, two) in zip(encoder.frames(2), other.frames(3)) {
      sweeps += try stream.receive(datagram(one.bytes))
      sweeps += try stream.receive(datagram(two.bytes, host: 2))
    }
    sweeps += try stream.finish()
    #expect(sweeps.count == 4 && sweeps.allSatisfy { $0.sweep.isComplete })
    #expect(sweeps.count { $0.source.address == .ipv4(2) } == 2)
    #expect(sweeps.allSatisfy { $0.model.description == "Ouster OS-1-5-U1" })
    #expect(sweeps.allSatisfy { $0.sweep.captureTime == 5 })
    #expect(stream.totals.map(\.totals.packets.received) == [64, 64])
    #expect(stream.counts.dataPackets == 128 && stream.counts.ofUnknownModels == 0)
  }

  @Test func eachSensorGetsTheMetadataOfItsNumber() throws {
    var other = encoder
    other.serialNumber = 12_345
    other.profile = .single
    var low = OusterEncoder(.lowData)
    low.serialNumber = 777
    var stream = SweepStream(configuration: try configuration(encoder, other, low))
    var sweeps: [SourcedSweep] = []
    for (host, sensor) in [encoder, other, low].enumerated() {
      for packet in sensor.frames(1) {
        sweeps += try stream.receive(datagram(packet.bytes, host: UInt32(host)))
      }
    }
    sweeps += try stream.finish()
    let models = try [encoder, other, low].map { SensorModel.ouster(try $0.metadata()) }
    #expect(sweeps.map(\.model) == models)
  }

  @Test func velodynesAndOustersShareAPort() throws {
    var configuration = try configuration(encoder)
    let velodyne = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp())
    configuration.calibrations = [.hdl64ES2: velodyne.calibration]
    var stream = SweepStream(configuration: configuration)
    var sweeps: [SourcedSweep] = []
    for (one, two) in zip(encoder.frames(9), velodyne.packets(288)) {
      sweeps += try stream.receive(datagram(one.bytes))
      sweeps += try stream.receive(datagram(two.bytes, host: 2))
    }
    sweeps += try stream.finish()
    #expect(sweeps.count { $0.model == .velodyne(.hdl64ES2) } == 1 && sweeps.count == 10)
  }

  @Test(arguments: OusterProfile.allCases)
  func packetsWithoutMetadataAreAnErrorThatSaysWhatToGive(profile: OusterProfile) throws {
    // Sixteen beams and sixteen columns, of which the metadata are not there.
    var columns: [UInt8] = []
    let lengths: [OusterProfile: Int] = [
      .legacy: 12, .single: 12, .lowData: 4, .dual: 16, .lowDataDual: 8, .functionalSafety: 8,
    ]
    let pixels = [UInt8](repeating: 3, count: 16 * (lengths[profile] ?? 0))
    for column in 32..<48 {
      columns += [UInt8](repeating: 1, count: 8) + OusterEncoder.little(column, 2)
      columns +=
        profile == .legacy ? [1, 0, 0, 0, 0, 0] + pixels + [1, 0, 0, 0] : [1, 0] + pixels
    }
    let edge = profile == .legacy ? [] : [UInt8](repeating: 1, count: 32)
    var stream = SweepStream()
    let error = #expect(throws: PacketsError.self) {
      try stream.receive(datagram(edge + columns + edge))
    }
    #expect(error?.code == .uncalibrated && error?.remedy.contains("--metadata FILE") == true)
    #expect(error?.message.contains("\(edge.count * 2 + columns.count) bytes") == true)
  }

  @Test func packetsOfASensorWithOtherMetadataAreAnError() throws {
    var other = encoder
    other.serialNumber = 12_345
    var stream = SweepStream(configuration: try configuration(other))
    let error = #expect(throws: PacketsError.self) {
      try stream.receive(datagram(encoder.frames(1)[0].bytes))
    }
    #expect(error?.code == .uncalibrated && error?.message.contains("992137000142") == true)
    var twice = SweepStream(configuration: try configuration(encoder, encoder))
    #expect(throws: PacketsError.self) {
      try twice.receive(datagram(encoder.frames(1)[0].bytes))
    }
  }

  @Test func whatIsNoDataPacketIsCounted() throws {
    var stream = SweepStream(configuration: try configuration(encoder))
    let bytes = encoder.frames(1)[0].bytes
    #expect(try stream.receive(datagram([UInt8](repeating: 0, count: 48), port: 7503)).isEmpty)
    _ = try stream.receive(datagram(bytes))
    for size in [0, 48, bytes.count - 1, bytes.count + 1] {
      _ = try stream.receive(datagram([UInt8](repeating: 0xff, count: size)))
    }
    _ = try stream.receive(datagram([UInt8](repeating: 0, count: bytes.count)))
    #expect(try stream.finish().count == 1)
    #expect(stream.counts.dataPackets == 1 && stream.counts.damaged == 1)
    #expect(stream.counts.otherSizes == [0: 1, 48: 2, bytes.count - 1: 1, bytes.count + 1: 1])
  }
}
