import Export
import Foundation
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// Networks as C programs, compiled for other processors and run by their emulators.
@Suite struct ExportedProgramTests {
  private static let simulator = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "tools/qemu")

  /// A program for aarch64.
  private func compileForAarch64(
    _ network: ExportedNetwork, in folder: TemporaryFolder
  ) throws -> String {
    let compiler = try #require(CCompiler(named: "aarch64-linux-gnu-gcc"))
    return try compiler.compile(
      network.program().files.map { ($0.name, $0.contents) }, ["-O2", "-static"], in: folder)
  }

  @Test(arguments: ExportedNetwork.Storage.allCases)
  func aBundledModelLabelsOnAarch64AsTheEngineDoes(_ storage: ExportedNetwork.Storage) throws {
    let network = try ExportedNetwork.frontSmall(storage)
    let folder = try TemporaryFolder()
    let executable = try compileForAarch64(network, in: folder)
    let found = try folder.run(["qemu-aarch64", executable], [network.features.elements])[0]
    for backend in [Backend.portable, .reference, .fastest] {
      let expected = try network.scores(by: backend)
      let agreement = ExportedNetwork.agreement(found, expected)
      let largest = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
      print(
        "front-small, \(storage), aarch64 and \(backend): labels agree \(agreement),"
          + " scores within \(largest)")
      #expect(agreement >= 0.9999)
      #expect(storage == .bytes || largest <= 1e-4)
    }
  }

  @Test(arguments: ExportedNetwork.Storage.allCases)
  func aSmallNetworkRunsOnAMicrocontroller(_ storage: ExportedNetwork.Storage) throws {
    let network = try ExportedNetwork.sixteenBeams(storage)
    let program = try network.program()
    #expect(storage == .floats || program.arenaByteCount <= 512 << 10)
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler(named: "arm-none-eabi-gcc"))
    let linking = [
      "-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-O2", "-nostartfiles",
      "--specs=rdimon.specs", "-Wl,--no-warn-rwx-segments", "-T",
      Self.simulator.appending(path: "cortex_m4.ld").path,
    ]
    // The start is written for one compiler, with its own words.
    let start = folder.path("start.o")
    try CCompiler.run(
      [compiler.path] + linking.prefix(5) + ["-c", "-o", start]
        + [Self.simulator.appending(path: "cortex_m4_start.c").path])
    let executable = try compiler.compile(
      program.files.map { ($0.name, $0.contents) }, [start] + linking, in: folder)
    let input = try folder.write(floats: network.features.elements, to: "features.raw")
    let output = folder.path("scores.raw")
    try CCompiler.run(
      ["qemu-system-arm", "-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "none"]
        + ["-kernel", executable, "-semihosting-config"]
        + ["enable=on,target=native,arg=program,arg=\(input),arg=\(output)"])
    let agreement = try ExportedNetwork.agreement(
      folder.floats(in: "scores.raw"), network.scores(by: .fastest))
    print("16 beams, \(storage), Cortex-M4: \(program.arenaByteCount) bytes, agree \(agreement)")
    #expect(agreement >= 0.999)
  }

  @Test func theInstructionsOfEachLayerAreCounted() throws {
    let network = try ExportedNetwork.sixteenBeams(.floats)
    let folder = try TemporaryFolder()
    let executable = try compileForAarch64(network, in: folder)
    let input = try folder.write(floats: network.features.elements, to: "features.raw")
    let plugin = folder.path("instruction_count.so")
    let compiler = try #require(CCompiler.all.first)
    try CCompiler.run(
      [compiler.path, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", plugin]
        + [Self.simulator.appending(path: "instruction_count.c").path])
    let counts = try (0..<2).map { _ in
      let file = folder.path("counts.txt")
      try CCompiler.run(
        ["qemu-aarch64", "-plugin", "\(plugin),out=\(file)", executable, "--layers", input]
          + [folder.path("scores.raw")])
      return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
        Int($0)
      }
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0].count == (try network.program().layers.count))
    let total = counts[0].reduce(0) { $0 + ($1 ?? 0) }
    print("16 beams, floats, aarch64: \(total) instructions")
    // Four multiply-accumulates at once at best; layers without any take some, too.
    let products = network.graph.cost.multiplyAccumulates
    #expect(total > products / 4 && total < 4 * products)
  }
}
