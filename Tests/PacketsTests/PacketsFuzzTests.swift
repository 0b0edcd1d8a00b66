import Packets
import TestSupport
import Testing

@Suite struct PacketsFuzzTests {
  private let encoder: VelodyneEncoder
  private let payloads: [[UInt8]]

  init() throws {
    encoder = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp())
    payloads = encoder.packets(40).map(\.bytes)
  }

  private func capture(isPcapng: Bool) -> [UInt8] {
    var writer = CaptureWriter()
    if isPcapng {
      writer.section()
      writer.interface(resolution: 9)
    } else {
      writer.pcapHeader()
    }
    for (number, payload) in payloads.enumerated() {
      let packet = NetworkWriter.ethernet(
        NetworkWriter.internet(NetworkWriter.udp(payload), identification: number))
      if isPcapng {
        writer.enhancedPacket(packet, ticks: UInt64(number) * 288_000)
      } else {
        writer.pcapRecord(seconds: 1, fraction: UInt32(number * 288), packet)
      }
    }
    return writer.bytes
  }

  @Test(arguments: [true, false])
  func flippedBitsOfACaptureNeverStopTheProgram(isPcapng: Bool) {
    let whole = capture(isPcapng: isPcapng)
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<fuzzRounds(usually: 100) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &numbers) {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] ^=
          1 << UInt8.random(in: 0..<8, using: &numbers)
      }
      fuzzPackets(bytes)
    }
  }

  @Test func randomBytesNeverStopTheProgram() {
    var numbers = SeededNumbers(seed: 12)
    for _ in 0..<fuzzRounds(usually: 100) {
      let count = Int.random(in: 0...3000, using: &numbers)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      let starts: [[UInt8]] = [[0xff, 0xee], [0xd4, 0xc3, 0xb2, 0xa1], [10, 13, 13, 10], []]
      let start = starts[Int.random(in: 0..<4, using: &numbers)]
      if bytes.count > 4 { bytes.replaceSubrange(0..<start.count, with: start) }
      fuzzPackets(bytes)
    }
  }

  @Test func flippedBitsOfPacketsNeverMixTurns() throws {
    let packets = encoder.packets(900) { ring, _ in ring == 9 ? 10 : nil }.map(\.bytes)
    var numbers = SeededNumbers(seed: 13)
    for _ in 0..<fuzzRounds(usually: 10) / 5 {
      var damaged = packets
      for _ in 0..<50 {
        // Everything but the values, of which the intensity says what turn it is.
        let place =
          Bool.random(using: &numbers)
          ? Int.random(in: 0..<12, using: &numbers) * 100 + Int.random(in: 0..<4, using: &numbers)
          : Int.random(in: 1200..<1206, using: &numbers)
        damaged[Int.random(in: 0..<900, using: &numbers)][place] ^=
          1 << UInt8.random(in: 0..<8, using: &numbers)
      }
      let run = try SweepRun(damaged.filter { $0[0] == 0xff && $0[1] == 0xee }, of: encoder)
      #expect(run.isUnmixed)
    }
  }
}
