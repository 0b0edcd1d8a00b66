import Packets
import TestSupport
import Testing

@Suite struct OusterFuzzTests {
  private func flip(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] ^=
      1 << UInt8.random(in: 0..<8, using: &numbers)
  }

  @Test(arguments: [true, false])
  func flippedBitsOfMetadataNeverStopTheProgram(isNested: Bool) {
    let whole = OusterEncoder().json(isNested: isNested)
    var numbers = SeededNumbers(seed: 21)
    for _ in 0..<fuzzRounds(usually: 200) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &numbers) { flip(&bytes, &numbers) }
      fuzzPackets(bytes)
    }
  }

  @Test func everyFlippedBitOfMetadataIsReadOrRefused() {
    let whole = OusterEncoder().json()
    for place in whole.indices {
      // All eight of every eighth byte, and all bytes: what is beside is of the same kind.
      for bit in 0..<8 where place % 8 == 0 || bit == place % 7 {
        var bytes = whole
        bytes[place] ^= 1 << bit
        _ = try? OusterMetadata(json: bytes)
      }
    }
  }

  @Test(arguments: OusterProfile.allCases)
  func flippedBitsOfPacketsNeverMixFrames(profile: OusterProfile) throws {
    var encoder = OusterEncoder(profile)
    (encoder.columns, encoder.columnsPerPacket, encoder.frameNumber) = (64, 4, 65_533)
    let packets = encoder.frames(6) { row, _ in row == 2 ? 10 : nil }.map(\.bytes)
    let metadata = try encoder.metadata()
    let start = profile == .legacy ? 0 : 32
    let columnLength = (packets[0].count - 2 * start) / 4
    var numbers = SeededNumbers(seed: 22)
    for _ in 0..<fuzzRounds(usually: 40) {
      var damaged = packets
      for _ in 0..<20 {
        // Everything but the pixels, of which the intensity says what frame it is.
        let column = start + Int.random(in: 0..<4, using: &numbers) * columnLength
        let place =
          start > 0 && Bool.random(using: &numbers)
          ? Int.random(in: 0..<32, using: &numbers)
          : column + Int.random(in: 0..<12, using: &numbers)
        damaged[Int.random(in: damaged.indices, using: &numbers)][place] ^=
          1 << UInt8.random(in: 0..<8, using: &numbers)
      }
      let read = damaged.filter { (try? OusterPacket($0, of: metadata)) != nil }
      let run = try SweepRun(read, of: encoder)
      #expect(run.isUnmixed && run.points.count <= 2 * 64 * 6)
    }
  }

  @Test func everyFlippedBitOfAPacketIsDecoded() throws {
    for profile in OusterProfile.allCases {
      var encoder = OusterEncoder(profile)
      (encoder.columns, encoder.columnsPerPacket) = (16, 2)
      let metadata = try encoder.metadata()
      let decoder = OusterDecoder(metadata)
      let whole = encoder.frames(1)[3].bytes
      for place in whole.indices {
        for bit in 0..<8 as Range<UInt8> {
          var bytes = whole
          bytes[place] ^= 1 << bit
          guard let packet = try? OusterPacket(bytes, of: metadata) else { continue }
          #expect(decoder.points(of: packet).count <= 20)
        }
      }
    }
  }

  @Test func aDamagedCaptureNeverStopsTheProgram() throws {
    var encoder = OusterEncoder(.lowData)
    (encoder.columns, encoder.columnsPerPacket) = (16, 4)
    var writer = CaptureWriter()
    writer.pcapHeader()
    for (number, packet) in encoder.frames(4).enumerated() {
      writer.pcapRecord(
        seconds: 1, fraction: UInt32(number),
        NetworkWriter.ethernet(NetworkWriter.internet(NetworkWriter.udp(packet.bytes))))
    }
    let metadata = try encoder.metadata()
    for length in stride(from: 0, through: writer.bytes.count, by: 7) {
      _ = try? sweeps(Array(writer.bytes[..<length]), metadata)
    }
    var numbers = SeededNumbers(seed: 23)
    for _ in 0..<fuzzRounds(usually: 200) {
      var bytes = writer.bytes
      for _ in 0..<Int.random(in: 1...8, using: &numbers) { flip(&bytes, &numbers) }
      _ = try? sweeps(bytes, metadata)
    }
    #expect(try sweeps(writer.bytes, metadata).map(\.sweep.isComplete) == [true, true, true, true])
  }

  private func sweeps(
    _ capture: [UInt8], _ metadata: OusterMetadata
  ) throws -> [SourcedSweep] {
    var configuration = SweepConfiguration()
    configuration.ousterMetadata = [metadata]
    var (reader, assembler) = (CaptureReader(), DatagramAssembler())
    var stream = SweepStream(configuration: configuration)
    var sweeps: [SourcedSweep] = []
    reader.append(capture)
    while let packet = try reader.next() {
      if let datagram = assembler.receive(packet) { sweeps += try stream.receive(datagram) }
    }
    return sweeps + (try stream.finish())
  }
}
