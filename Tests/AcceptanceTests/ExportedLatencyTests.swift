import Execution
import Export
import Foundation
import Graphs
import Kernels
import Networks
import Recipes
import Search
import TestSupport
import Testing

/// Tables of other devices' instructions, and whole networks that they predict.
@Suite struct ExportedLatencyTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let tools = root.appending(path: "tools/qemu")

  /// What networks are compiled with, as tables are.
  private static let flags = ["-std=c99", "-O3", "-ffp-contract=fast"]

  /// A shipped recipe's space.
  private func space(_ recipe: String, _ precision: Precision) throws -> SearchSpace {
    var configuration = try Recipe.resolve(SearchConfiguration(), file: recipe)
    configuration.precision = precision
    return try configuration.sizedSpace(classCount: 4)
  }

  /// The instructions of a whole network, in millions, as `export --to c` writes it.
  private func instructions(
    _ choices: [Int], of space: SearchSpace, on device: Device, in folder: TemporaryFolder
  ) throws -> Double {
    let graph = try space.prepared(choices)
    let parameters = TinyModel.parameters(
      of: try BlockNetwork.graph(space.configuration.choosing(choices)), seed: 5)
    let program = try CProgram(graph, parameters: parameters, options: .init(name: "net"))
    for file in program.files { _ = try folder.write(file.contents.utf8, to: file.name) }
    let features = (0..<space.configuration.size.height * space.configuration.size.width * 6)
    _ = try folder.write(floats: features.map { Float($0 % 17) / 8 - 1 }, to: "in")
    let plugin = folder.path("count.so")
    try CCompiler.run(
      ["cc", "-shared", "-fPIC", "-O2", "-o", plugin]
        + [Self.tools.appending(path: "instruction_count.c").path])
    let sources = program.files.map(\.name).filter { $0.hasSuffix(".c") }.map(folder.path)
    try device.run(
      sources, Self.flags, arguments: [folder.path("in"), folder.path("out")],
      plugin: "\(plugin),out=\(folder.path("counts"))", tools: Self.tools, in: folder)
    let counts = try String(contentsOfFile: folder.path("counts"), encoding: .utf8)
      .split(separator: "\n").compactMap { Double($0) }
    #expect(counts.count == 1)
    return (counts.first ?? 0) / 1e6
  }

  private func check(
    _ table: LatencyTable, of space: SearchSpace, on device: Device, count: Int
  ) throws {
    for choices in space.randomChoices(count: count, seed: 11) {
      let units = try space.session(choices, backend: .fastest, threadCount: 1).steps.map(\.unit)
      let predicted = try table.prediction(for: units)
      let counted = try instructions(choices, of: space, on: device, in: TemporaryFolder())
      print(
        "\(device) \(choices): predicted \(predicted), counted \(counted) million instructions,"
          + " \(100 * (predicted / counted - 1)) %")
      #expect(abs(predicted / counted - 1) <= 0.05)
    }
  }

  @Test(arguments: ["aarch64-front", "aarch64-front-int8"])
  func aNetworkTakesWhatItsUnitsTakeOnAarch64(_ name: String) throws {
    let path = Self.root.appending(path: "Calibration/Latency/\(name).json").path
    let space = try space("search-front", name.hasSuffix("int8") ? .int8 : .float32)
    try check(LatencyTable(path: path), of: space, on: .aarch64, count: 5)
  }

  @Test(arguments: Device.allCases)
  func theTableOfASmallSensorIsMadeAndPredictsNetworks(_ device: Device) throws {
    let folder = try TemporaryFolder()
    let emitted = try Program.run(
      "latency", "--recipe", "search-vlp16", "--precision", "int8", "--emit-c", folder.url.path,
      "--json")
    // Features and scores are in the caller's memory: 16 x 256 x (6 + 4) floats.
    #expect((emitted.json["arenaBytes"] as? Int ?? .max) + 163_840 <= 512 << 10)
    let tool = Self.tools.appending(path: "latency").path
    let texts = try (0..<2).map { _ in
      try CCompiler.run([tool, folder.url.path, device.rawValue, device.rawValue])
    }
    #expect(texts[0] == texts[1])
    let table = try LatencyTable(path: folder.write(texts[0].utf8, to: "table.json"))
    #expect(table.unit == LatencyTable.millionInstructions && table.processor == device.rawValue)
    try check(table, of: space("search-vlp16", .int8), on: device, count: 5)
  }

  @Test func whatTheToolLacksIsNamed() throws {
    let folder = try TemporaryFolder()
    let tool = Self.tools.appending(path: "latency").path
    for (arguments, path, words) in [
      ([folder.url.path, "aarch64", "a"], "/usr/bin:/bin", "lidarseg latency --emit-c"),
      ([folder.url.path, "aarch64"], "/usr/bin:/bin", "usage:"),
    ] {
      let outcome = try Program.shell(
        "PATH=\(path); exec \"$@\"", [tool] + arguments, timeout: 60)
      #expect(outcome.status != 0 && outcome.err.contains(words), "\(outcome.err)")
    }
    _ = try Program.run(
      "latency", "--recipe", "search-vlp16", "--emit-c", folder.url.path)
    // A folder with what the tool calls, but no compiler.
    try CCompiler.run(
      [
        "/bin/sh", "-c",
        "mkdir \"$0/bin\" && for p in env bash dirname; do ln -s $(command -v $p) \"$0/bin\"; done",
      ]
        + [folder.url.path])
    let outcome = try Program.shell(
      "PATH=\(folder.path("bin")); export PATH; exec \"$@\"",
      [tool, folder.url.path, "aarch64", "a"], timeout: 60)
    #expect(outcome.status == 3 && outcome.err.contains("hint: apt-get install"), "\(outcome.err)")
  }
}

/// Processors that are emulated here.
enum Device: String, CaseIterable {
  case aarch64
  case microcontroller = "cortex-m4"

  /// Compiles a program and runs it, observed by a plugin.
  func run(
    _ sources: [String], _ flags: [String], arguments: [String], plugin: String, tools: URL,
    in folder: TemporaryFolder
  ) throws {
    let executable = folder.path("executable")
    switch self {
    case .aarch64:
      try CCompiler.run(
        ["aarch64-linux-gnu-gcc"] + flags + ["-static", "-o", executable] + sources)
      try CCompiler.run(["qemu-aarch64", "-plugin", plugin, executable] + arguments)
    case .microcontroller:
      let board = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"]
      let start = folder.path("start.o")
      try CCompiler.run(
        ["arm-none-eabi-gcc"] + board + ["-O2", "-c", "-o", start]
          + [tools.appending(path: "cortex_m4_start.c").path])
      try CCompiler.run(
        ["arm-none-eabi-gcc"] + board + flags
          + ["-nostartfiles", "--specs=rdimon.specs", "-Wl,--no-warn-rwx-segments", "-T"]
          + [tools.appending(path: "cortex_m4.ld").path, "-o", executable, start] + sources)
      let words = (["program"] + arguments).map { ",arg=\($0)" }.joined()
      try CCompiler.run(
        [
          "qemu-system-arm", "-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial",
          "none",
        ]
          + ["-plugin", plugin, "-kernel", executable, "-semihosting-config"]
          + ["enable=on,target=native\(words)"])
    }
  }
}
