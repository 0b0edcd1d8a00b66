import Packets
import Sensors
import TestSupport
import Testing

@Suite struct SweepStreamTests {
  private let encoder: VelodyneEncoder
  private let configuration: SweepConfiguration

  init() throws {
    encoder = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp())
    var configuration = SweepConfiguration()
    configuration.calibrations = [.hdl64ES2: encoder.calibration]
    self.configuration = configuration
  }

  private func datagram(
    _ payload: [UInt8], host: UInt32 = 1, sourcePort: UInt16 = 443, port: UInt16 = 2368,
    time: Int64? = nil
  ) -> Datagram {
    Datagram(
      sourceAddress: .ipv4(host), sourcePort: sourcePort, destinationPort: port, payload: payload,
      time: time)
  }

  @Test func twoSensorsOnOnePortAreToldApart() throws {
    var other = encoder
    (other.start, other.startTime) = (9000, 5_000_000)
    var stream = SweepStream(configuration: configuration)
    var sweeps: [SourcedSweep] = []
    for (one, two) in zip(encoder.packets(600), other.packets(600)) {
      sweeps += try stream.receive(datagram(one.bytes, time: 5))
      sweeps += try stream.receive(datagram(two.bytes, sourcePort: 444, time: 6))
    }
    sweeps += try stream.finish()
    let ports = sweeps.map(\.source.sourcePort)
    #expect(ports.count { $0 == 443 } == 2 && ports.count { $0 == 444 } == 3)
    #expect(sweeps.allSatisfy { $0.model == .velodyne(.hdl64ES2) })
    #expect(sweeps.count { $0.sweep.isComplete } == 3)
    #expect(sweeps.allSatisfy { $0.sweep.captureTime == ($0.source.sourcePort == 443 ? 5 : 6) })
    #expect(stream.totals.map(\.source.sourcePort) == [443, 444])
    #expect(stream.totals.map(\.totals.packets.received) == [600, 600])
    #expect(stream.counts.dataPackets == 1200)
  }

  @Test func whatIsNoDataPacketIsCounted() throws {
    var stream = SweepStream(configuration: configuration)
    let position = [UInt8](repeating: 0, count: 512)
    #expect(try stream.receive(datagram(position, port: 8308)).isEmpty)
    #expect(try stream.receive(datagram(position)).isEmpty)
    for size in [0, 1205, 1207, 1207] {
      #expect(try stream.receive(datagram([UInt8](repeating: 0xff, count: size))).isEmpty)
    }
    #expect(try stream.receive(datagram([UInt8](repeating: 0, count: 1206))).isEmpty)
    #expect(try stream.finish().isEmpty)
    #expect(stream.counts.positionPackets == 1 && stream.counts.damaged == 1)
    #expect(stream.counts.otherSizes == [512: 1, 0: 1, 1205: 1, 1207: 2])
    #expect(stream.counts.dataPackets == 0 && stream.totals.isEmpty)
  }

  @Test func sensorsBeyondTheMostAreCounted() throws {
    var stream = SweepStream(configuration: configuration)
    let bytes = encoder.packets(1)[0].bytes
    for host in 0..<70 { _ = try stream.receive(datagram(bytes, host: UInt32(host))) }
    #expect(stream.counts.ofTooManySources == 6 && stream.counts.dataPackets == 64)
  }

  @Test func anHDL64EWithoutItsCalibrationIsRefused() throws {
    var stream = SweepStream()
    let error = #expect(throws: PacketsError.self) {
      for packet in encoder.packets(20) { _ = try stream.receive(datagram(packet.bytes)) }
    }
    #expect(error?.code == .uncalibrated)
  }

  @Test func aModelThatIsGivenNeedsNoPackets() throws {
    var configuration = configuration
    configuration.model = .vlp16
    var stream = SweepStream(configuration: configuration)
    _ = try stream.receive(datagram(encoder.packets(1)[0].bytes))
    #expect(try stream.finish().map(\.model) == [.velodyne(.vlp16)])
  }

  @Test func aCalibrationOfAnotherModelIsRefused() throws {
    let error = #expect(throws: PacketsError.self) {
      try VelodyneDecoder(.vlp16, calibration: encoder.calibration)
    }
    #expect(error?.code == .uncalibrated)
  }
}
