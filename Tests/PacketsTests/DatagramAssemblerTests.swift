import Packets
import TestSupport
import Testing

@Suite struct DatagramAssemblerTests {
  private typealias Net = NetworkWriter

  private static let payload = (0..<100).map { UInt8($0) }
  private static let plain = Net.internet(Net.udp(payload))

  @Test(
    arguments: [
      (1, Net.ethernet(plain)), (1, Net.ethernet(plain + [0, 0, 0])),
      (1, Net.ethernet(plain, tags: [0x8100])), (1, Net.ethernet(plain, tags: [0x88a8, 0x8100])),
      (113, [UInt8](repeating: 0, count: 14) + [8, 0] + plain),
      (276, [8, 0] + [UInt8](repeating: 0, count: 18) + plain),
      (101, plain), (228, plain), (0, [2, 0, 0, 0] + plain), (0, [0, 0, 0, 2] + plain),
      (108, [0, 0, 0, 2] + plain), (101, Net.internet(Net.udp(payload), options: [1, 1, 1, 0])),
    ] as [(UInt32, [UInt8])])
  func aDatagramComesOutOfEveryLink(linkType: UInt32, bytes: [UInt8]) {
    var assembler = DatagramAssembler()
    let datagram = assembler.receive(Net.packet(bytes, linkType: linkType, time: 77))
    #expect(
      datagram
        == Datagram(
          sourceAddress: .ipv4(0xc0a8_01c9), sourcePort: 2368, destinationPort: 2368,
          payload: Self.payload, time: 77))
    #expect(datagram?.sourceAddress.description == "192.168.1.201")
    #expect(assembler.counts.datagrams == 1)
  }

  @Test(
    arguments: [
      Net.internet6(Net.udp(payload)),
      Net.internet6(
        [60, 0, 1, 4, 0, 0, 0, 0] + [17, 1] + Array(repeating: 0, count: 14)
          + Net.udp(payload), next: 0),
    ])
  func aDatagramComesOutOfIPv6AndItsExtensions(bytes: [UInt8]) {
    var assembler = DatagramAssembler()
    let datagram = assembler.receive(Net.packet(Net.ethernet(bytes, type: 0x86dd)))
    #expect(datagram?.payload == Self.payload)
    #expect(
      datagram?.sourceAddress.description
        == Array(repeating: "2020", count: 8)
        .joined(separator: ":"))
  }

  @Test func whatIsNoDatagramIsCounted() {
    var assembler = DatagramAssembler()
    let tcp = Net.internet(Net.udp(Self.payload), transport: 6)
    _ = assembler.receive(Net.packet(Net.ethernet(tcp)))
    _ = assembler.receive(Net.packet(Net.ethernet([1, 2], type: 0x0806)))
    _ = assembler.receive(Net.packet(Self.plain, linkType: 147))
    _ = assembler.receive(Net.packet(Array(Self.plain.dropLast(5)), linkType: 101))
    _ = assembler.receive(
      Net.packet(Array(Self.plain.dropLast(5)), linkType: 101, originalLength: 128))
    _ = assembler.receive(Net.packet([0x45, 0], linkType: 101))
    var counts = DatagramCounts()
    (counts.packets, counts.others, counts.unsupportedLinks) = (6, 2, 1)
    (counts.damaged, counts.cut) = (2, 1)
    #expect(assembler.counts == counts)
  }

  @Test func aPacketThatDoesNotSayHowLongItIsReachesToItsEnd() {
    // As a VLP-16 sends its position: 1234 bytes by one header, 0 by the other, 512 in truth.
    var bytes = Net.internet(Net.udp([UInt8](repeating: 7, count: 512), to: 8308))
    bytes.replaceSubrange(2..<4, with: [0x04, 0xd2])
    bytes.replaceSubrange(24..<26, with: [0, 0])
    var assembler = DatagramAssembler()
    #expect(assembler.receive(Net.packet(bytes, linkType: 101))?.payload.count == 512)
    let cut = Net.packet(Array(bytes.dropLast(9)), linkType: 101, originalLength: bytes.count)
    #expect(assembler.receive(cut) == nil)
    #expect(assembler.counts.cut == 1)
  }

  @Test func everyTruncationOfAPacketIsNoDatagram() {
    let whole = Net.ethernet(Self.plain, tags: [0x8100])
    for length in 0..<whole.count {
      var assembler = DatagramAssembler()
      #expect(assembler.receive(Net.packet(Array(whole[..<length]))) == nil)
    }
  }
}

@Suite struct FragmentTests {
  private typealias Net = NetworkWriter

  private static let payload = (0..<3000).map { UInt8(truncatingIfNeeded: $0 * 7) }

  /// The pieces of one datagram, each with where it begins.
  private static func fragments(
    identification: Int = 5, length: Int = 1000
  ) -> [[UInt8]] {
    let bytes = Net.udp(payload)
    return stride(from: 0, to: bytes.count, by: length).map { start in
      let end = min(start + length, bytes.count)
      return Net.internet(
        Array(bytes[start..<end]), identification: identification, fragmentOffset: start,
        isFollowed: end < bytes.count)
    }
  }

  private static func receive(
    _ assembler: inout DatagramAssembler, _ bytes: [UInt8], time: Int64? = 0
  ) -> [UInt8]? {
    assembler.receive(Net.packet(bytes, linkType: 101, time: time))?.payload
  }

  @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [0, 0, 1, 2, 2, 3]])
  func fragmentsAreADatagramInWhateverOrderTheyCome(order: [Int]) {
    var assembler = DatagramAssembler()
    let fragments = Self.fragments()
    let results = order.map { Self.receive(&assembler, fragments[$0]) }
    #expect(results.dropLast().allSatisfy { $0 == nil })
    #expect(results.last == Self.payload)
    assembler.finish()
    #expect(assembler.counts.incomplete == 0)
    #expect(assembler.counts.fragments == order.count)
  }

  @Test func overlappingFragmentsAreRefused() {
    var assembler = DatagramAssembler()
    let fragments = Self.fragments()
    let over = Net.internet(
      [UInt8](repeating: 9, count: 1000), identification: 5, fragmentOffset: 992,
      isFollowed: true)
    for bytes in [fragments[0], over, fragments[1], fragments[2], fragments[3]] {
      #expect(Self.receive(&assembler, bytes) == nil)
    }
    assembler.finish()
    #expect(assembler.counts.overlapping == 1)
    #expect(assembler.counts.incomplete == 0)
  }

  @Test func fragmentsWithoutTheirRestAreGivenUpAndCounted() {
    var assembler = DatagramAssembler()
    for index in 0..<100 {
      #expect(Self.receive(&assembler, Self.fragments(identification: index)[0]) == nil)
    }
    #expect(assembler.counts.incomplete == 36)
    let late = Self.fragments(identification: 99)
    #expect(Self.receive(&assembler, late[1], time: 31_000_000_000) == nil)
    #expect(assembler.counts.incomplete == 100)
    assembler.finish()
    #expect(assembler.counts.incomplete == 101)
  }

  @Test func fragmentsOfTwoDatagramsAreKeptApart() {
    var assembler = DatagramAssembler()
    let (first, second) = (Self.fragments(identification: 1), Self.fragments(identification: 2))
    for (one, other) in zip(first, second).dropLast() {
      #expect(Self.receive(&assembler, one) == nil && Self.receive(&assembler, other) == nil)
    }
    #expect(Self.receive(&assembler, first[3]) == Self.payload)
    #expect(Self.receive(&assembler, second[3]) == Self.payload)
  }

  @Test func aFragmentOfIPv6JoinsItsDatagram() {
    var assembler = DatagramAssembler()
    let bytes = Net.udp(Self.payload)
    let parts = [(0, 1000, 1), (1000, bytes.count, 0)].map { start, end, more in
      Net.internet6(
        [17, 0] + Net.big(start + more, 2) + [0, 0, 0, 9] + Array(bytes[start..<end]), next: 44)
    }
    #expect(Self.receive(&assembler, parts[1]) == nil)
    #expect(Self.receive(&assembler, parts[0]) == Self.payload)
  }

  @Test func aFragmentBeyondTheLongestDatagramIsDamage() {
    var assembler = DatagramAssembler()
    let beyond = Net.internet(
      [UInt8](repeating: 0, count: 64), fragmentOffset: 65_528, isFollowed: true)
    #expect(Self.receive(&assembler, beyond) == nil)
    #expect(assembler.counts.damaged == 1)
  }
}
