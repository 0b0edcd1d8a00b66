import Glibc
import Ranks

/// One of the processes that the tests of Ranks start by `mpirun`; says what it sees, a line for each
/// thing, and begins each line with its rank.
@main enum RanksProbe {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let ranks = arguments.first == "single" ? Ranks.single : try Ranks.join()
    switch arguments.last {
    case "small": try small(ranks)
    case "large": try large(ranks)
    case "exit": try end(ranks) { exit(0) }
    case "error": try end(ranks) { exit(3) }
    case "kill": try end(ranks) { kill(getpid(), SIGKILL) }
    case "abort": try end(ranks) { ranks.abort(9) }
    default: fatalError("no such scene: \(arguments)")
    }
    try ranks.leave()
  }

  /// Every call once, on a few numbers.
  private static func small(_ ranks: Ranks) throws {
    let one = Float(ranks.rank + 1)
    var values = [one, 0.1 * one, -one]
    try values.withUnsafeMutableBufferPointer { try ranks.sum($0) }
    say(ranks, "sum \(values)")
    var doubles = [Double(one), 0.5]
    try doubles.withUnsafeMutableBufferPointer { try ranks.sum($0) }
    say(ranks, "doubles \(doubles) \(try ranks.sum(Double(one) / 4))")
    var none: [Float] = []
    try none.withUnsafeMutableBufferPointer { try ranks.sum($0) }
    for root in 0..<ranks.count {
      var bytes = [UInt8(ranks.rank), 7]
      try bytes.withUnsafeMutableBytes { try ranks.broadcast($0, from: root) }
      say(ranks, "from \(root) \(bytes)")
    }
    try ranks.barrier()
  }

  /// As many numbers as a network has weights, summed at once and in overlapping parts.
  private static func large(_ ranks: Ranks) throws {
    let count = 1_000_003
    let own = numbers(of: ranks.rank, count: count)
    var blocking = own
    try blocking.withUnsafeMutableBufferPointer { try ranks.sum($0) }
    say(ranks, "blocking \(digest(blocking))")
    if ranks.count == 2 {
      let expected = zip(numbers(of: 0, count: count), numbers(of: 1, count: count)).map(+)
      say(ranks, "expected \(digest(expected))")
    }
    var parts = own
    try parts.withUnsafeMutableBufferPointer { parts in
      let edges = [0, 1, 500_000, count]
      let pending = try zip(edges, edges.dropFirst()).map { from, to in
        try ranks.startSum(UnsafeMutableBufferPointer(rebasing: parts[from..<to]))
      }
      // The last is asked for until it is done, the others are waited for.
      while try pending.last?.test() == false { sched_yield() }
      for sum in pending { try sum.wait() }
      let isDone = try pending.allSatisfy { try $0.test() }
      say(ranks, "done \(isDone)")
    }
    say(ranks, "parts \(digest(parts))")
  }

  /// The last rank ends, and the others wait for it in vain.
  private static func end(_ ranks: Ranks, by means: () -> Void) throws {
    say(ranks, "here")
    try ranks.barrier()
    if ranks.rank == ranks.count - 1 { means() }
    try ranks.barrier()
    say(ranks, "went on")
  }

  private static func say(_ ranks: Ranks, _ text: String) {
    // In one piece, so that the lines of two processes stay apart.
    let line = "\(ranks.rank)/\(ranks.count) \(text)\n"
    _ = Array(line.utf8).withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }

  /// Numbers whose sums depend on the order in which they are added.
  private static func numbers(of rank: Int, count: Int) -> [Float] {
    (0..<count).map { index in
      let bits = UInt64(index + rank * count + 1) &* 0x9E37_79B9_7F4A_7C15
      return (Float(bits >> 40) - 8_388_608) / Float(1 << (index % 20))
    }
  }

  /// FNV-1a over the numbers' bits.
  private static func digest(_ numbers: [Float]) -> String {
    let hash = numbers.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
