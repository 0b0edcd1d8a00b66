import Export
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// Generated C against the reference kernels, on every sample of every operation.
@Suite struct ConformanceTests {
  /// With vectors and without, under sanitizers.
  static let flags: [[String]] = [
    ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-DLIDARSEG_PLAIN_C"],
    ["-O3"],
  ]

  @Test(arguments: [0, 3], flags)
  func everyOperationComputesWhatTheReferenceSays(gap: Int, flags: [String]) throws {
    let samples = Sample.floats + Sample.larger
    for (sample, found) in try results(of: samples, gap: gap, flags: flags) {
      let expected = try sample.expected().elements
      try #require(found.count == expected.count)
      let worst =
        zip(found, expected).map { value, truth in
          value.isNaN ? .infinity : abs(Double(value) - truth) / max(1, abs(truth))
        }.max() ?? .infinity
      #expect(worst <= sample.tolerance, "\(sample): \(worst)")
    }
  }

  @Test(arguments: [0, 3], flags)
  func everyOperationOnBytesGivesTheNearestByteOrOneBesideIt(gap: Int, flags: [String]) throws {
    for (sample, found) in try results(of: Sample.bytes, gap: gap, flags: flags) {
      let expected = try sample.expected().elements
      let type = try sample.operation.resultType(of: sample.types, node: "sample")
      let step = Double(type.quantization?.scale ?? 0)
      try #require(found.count == expected.count)
      let errors = zip(found, expected).map { abs(Double($0) - $1) }
      #expect(errors.allSatisfy { $0 <= 1.01 * step + 1e-4 }, "\(sample)")
      // Only a sum that lies between two bytes may round to the other one.
      let beside = errors.count { $0 > 1e-4 }
      #expect(beside <= expected.count / 500, "\(sample): \(beside) of \(expected.count)")
    }
  }

  @Test func allThatIsWrittenInCHasASample() {
    let sampled = Set((Sample.floats + Sample.bytes).map(\.operation.kind))
    #expect(sampled == Set(Operation.Kind.allCases.filter { CProgram.support(of: $0) == .written }))
  }

  @Test(arguments: Sample.floats + Sample.bytes)
  func aProgramContainsNothingThatItDoesNotUse(_ sample: Sample) throws {
    let compiler = try #require(CCompiler.all.first)
    let program = try SampleProgram([sample], gap: 0).program()
    for plain in [[], ["-DLIDARSEG_PLAIN_C"]] {
      _ = try compiler.compile(program.sources, ["-fsyntax-only"] + plain, in: TemporaryFolder())
    }
  }

  private func results(
    of samples: [Sample], gap: Int, flags: [String]
  ) throws -> [(Sample, [Float])] {
    let graph = try SampleProgram(samples, gap: gap)
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler.all.first)
    let executable = try compiler.compile(graph.program().sources, flags, in: folder)
    let found = try folder.run([executable], [graph.features])[0]
    return zip(samples, graph.parts).map { ($0, Array(found[$1])) }
  }
}
