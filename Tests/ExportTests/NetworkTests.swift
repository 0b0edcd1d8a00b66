import Export
import Foundation
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

/// A small SqueezeSegV2, whole, as C.
@Suite struct NetworkTests {
  @Test(arguments: LayerOrder.allCases, [true, false])
  func theScoresAreTheEngines(_ order: LayerOrder, isRefined: Bool) throws {
    let network = try TinyNetwork(refined: isRefined, order: order)
    let found = try run(network, network.graph, ["-O2"])
    let expected = try network.scores(of: network.graph, by: .reference)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-4 })
    #expect(labels(found) == labels(expected))
  }

  @Test(arguments: [["-O2"], ["-O2", "-DLIDARSEG_PLAIN_C"]])
  func theLabelsOfANetworkOnBytesAreTheEngines(flags: [String]) throws {
    let network = try TinyNetwork()
    let bytes = try network.quantized()
    let found = try run(network, bytes, flags)
    for backend in [Backend.reference, .fastest] {
      let expected = try network.scores(of: bytes, by: backend)
      let agreeing = zip(labels(found), labels(expected)).count { $0 == $1 }
      #expect(agreeing * 1000 >= 999 * (found.count / 4), "\(backend): \(agreeing)")
    }
  }

  @Test func bytesTakeLessMemoryThanFloats() throws {
    let network = try TinyNetwork()
    let (floats, bytes) = (
      try network.program(of: network.graph), try network.program(of: try network.quantized())
    )
    #expect(bytes.arenaByteCount < floats.arenaByteCount)
    #expect(bytes.weightByteCount < floats.weightByteCount)
  }

  @Test(arguments: CCompiler.all, [true, false])
  func noCompilerHasAnythingToWarnOf(_ compiler: CCompiler, isBytes: Bool) throws {
    let network = try TinyNetwork(refined: true)
    let program = try network.program(of: isBytes ? network.quantized() : network.graph)
    for flags in [["-O2"], ["-O3", "-DLIDARSEG_PLAIN_C"], ["-O3"]] {
      _ = try compiler.compile(program.sources, flags, in: TemporaryFolder())
    }
  }

  @Test func theCodeAsksForNothing() throws {
    let network = try TinyNetwork()
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler.all.first)
    for file in try network.program(of: network.graph).files {
      _ = try folder.write(file.contents.utf8, to: file.name)
    }
    let line = "cd \"$1\" && \"$2\" -std=c99 -O2 -c tiny.c && nm -u tiny.o"
    let outcome = try Program.shell(line, [folder.url.path, compiler.path])
    let undefined = Set(
      outcome.out.split(separator: "\n").compactMap { $0.split(separator: " ").last }
        .map(String.init).filter { !$0.hasPrefix("tiny_weights") && !$0.hasPrefix("_") })
    #expect(undefined.isSubset(of: ["memcpy", "memset"]), "\(undefined)")
  }

  @Test func theSameNetworkIsTheSameText() throws {
    let network = try TinyNetwork(refined: true)
    let first = try network.program(of: network.graph)
    #expect(first.files == (try network.program(of: network.graph)).files)
    #expect(
      first.files.map(\.name) == ["tiny.h", "tiny.c", "tiny_weights.c", "tiny_main.c"])
  }

  @Test func everyLayerCanBeRunByItself() throws {
    let network = try TinyNetwork()
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler.all.first)
    let program = try network.program(of: network.graph)
    let executable = try compiler.compile(program.sources, ["-O2"], in: folder)
    let whole = try folder.run([executable], [network.features.elements])
    let one = try folder.run([executable, "--layers"], [network.features.elements])
    #expect(one == whole)
    let text = try CCompiler.run(
      [executable, "--layers", folder.path("input0.raw"), folder.path("again.raw")])
    let names = text.split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
    #expect(names.map { $0[0] } == program.layers)
    #expect(
      names.compactMap { Int($0[1]) }.reduce(0, +) == network.graph.cost.multiplyAccumulates)
  }

  private func run(_ network: TinyNetwork, _ graph: Graph, _ flags: [String]) throws -> [Float] {
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler.all.first)
    let executable = try compiler.compile(network.program(of: graph).sources, flags, in: folder)
    return try folder.run([executable], [network.features.elements])[0]
  }
}
