import Ranks
import TestSupport
import Testing

/// Each test starts processes that wait for each other, so one at a time.
@Suite(.serialized) struct RanksTests {
  /// Runs the probe, whose lines come in the order of their ranks.
  private func run(_ scene: String, ranks: Int) throws -> (lines: [String], Program.Outcome) {
    // Two cores have room for three processes only where that is asked for.
    let outcome = try Program.shell(
      """
      export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
      exec mpirun --oversubscribe --bind-to none -n "$1" "$(dirname "$0")/RanksProbe" "$2"
      """, ["\(ranks)", scene])
    try #require(outcome.status != 127, "mpirun is missing: tools/setup installs openmpi-bin")
    return (outcome.out.split(separator: "\n").map(String.init).sorted(), outcome)
  }

  @Test func oneProcessAloneNeedsNoLibrary() throws {
    let ranks = Ranks.single
    #expect(ranks.rank == 0 && ranks.count == 1)
    var values: [Float] = [1, 2]
    try values.withUnsafeMutableBufferPointer { values in
      try ranks.sum(values)
      let pending = try ranks.startSum(values)
      #expect(try pending.test())
      try pending.wait()
    }
    try values.withUnsafeMutableBytes { try ranks.broadcast($0) }
    #expect(values == [1, 2])
    #expect(try ranks.sum(0.5) == 0.5)
    try ranks.barrier()
    try ranks.leave()
    let outcome = try Program.shell(
      "LD_DEBUG=libs exec \"$(dirname \"$0\")/RanksProbe\" single small", [])
    #expect(outcome.status == 0 && outcome.out.contains("0/1 sum [1.0, 0.1, -1.0]"))
    #expect(outcome.err.contains("libc.so") && !outcome.err.contains("libmpi"))
  }

  @Test func twoRanksSumAndHearOfEachOther() throws {
    let (lines, outcome) = try run("small", ranks: 2)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(
      lines
        == [0, 1].flatMap { rank in
          [
            "\(rank)/2 doubles [3.0, 1.0] 0.75", "\(rank)/2 from 0 [0, 7]",
            "\(rank)/2 from 1 [1, 7]", "\(rank)/2 sum [3.0, 0.3, -3.0]",
          ]
        })
  }

  @Test func sumsOfTwoRanksArePlainSumsToTheBit() throws {
    let (lines, outcome) = try run("large", ranks: 2)
    #expect(outcome.status == 0, "\(outcome.err)")
    let digests = Set(
      lines.filter { !$0.contains("done") }.compactMap { $0.split(separator: " ").last })
    #expect(lines.count == 8 && digests.count == 1, "\(lines)")
    #expect(lines.contains("0/2 done true") && lines.contains("1/2 done true"))
  }

  @Test func sumsOfThreeRanksAreTheSameBitsOnAllAndEveryTime() throws {
    let (first, outcome) = try run("large", ranks: 3)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(try run("large", ranks: 3).lines == first)
    for kind in ["blocking", "parts"] {
      let digests = first.filter { $0.contains(kind) }.compactMap { $0.split(separator: " ").last }
      #expect(digests.count == 3 && Set(digests).count == 1, "\(first)")
    }
  }

  @Test(arguments: zip(["exit", "error", "kill", "abort"], [1, 3, 128 + 9, 9] as [Int32]))
  func aRankThatEndsEndsTheOthers(scene: String, status: Int32) throws {
    let (lines, outcome) = try run(scene, ranks: 2)
    #expect(outcome.status == status)
    #expect(lines == ["0/2 here", "1/2 here"])
  }

  @Test func aMissingLibraryIsSaidToBeMissing() throws {
    // A library of that name that is none comes first.
    let outcome = try Program.shell(
      """
      folder=$(mktemp -d) && echo none >"$folder/libmpi.so.40" && cp "$folder"/libmpi.so.40 "$folder/libmpi.so"
      LD_LIBRARY_PATH="$folder" "$(dirname "$0")/RanksProbe" small; status=$?
      rm -r "$folder"; exit $status
      """, [])
    #expect(outcome.status != 0)
    #expect(outcome.err.contains("unavailable") && outcome.err.contains("openmpi-bin"))
  }
}
