package import Graphs

/// A C99 program that measures, on the device that it is compiled for, what each computation of some networks
/// takes in the form that `CProgram` gives it, and prints a latency table of it.
///
/// Only one of several equal computations is in it. Weights and images hold made-up numbers, and all
/// computations share their memory.
package struct CLatencyProgram: Sendable {
  /// What files, functions and macros begin with.
  package static let name = "latency"

  /// `latency.h`, `latency.c` and `latency_main.c`.
  package let files: [CProgram.File]
  /// Bytes that the largest of the networks needs for activations and scratch memory.
  package let arenaByteCount: Int
  /// What the table will have entries of, in its order.
  package let keys: [String]

  /// Writes the computations of some networks down.
  ///
  /// - Parameters:
  ///   - networks: as they run, of equal inputs and outputs, with tensors for their parameters.
  ///   - notes: what the program says of itself, a line each.
  /// - Throws: `.unsupported` naming the node that cannot be written in C, `.mismatched` where inputs or outputs
  ///   differ or there is no network.
  package init(
    _ networks: [(graph: Graph, parameters: ParameterValues)], notes: [String]
  ) throws {
    var units = CLatencyUnits(name: Self.name)
    for network in networks {
      try units.add(network.graph, parameters: network.parameters)
    }
    let text = try CLatencyText(units, notes: notes)
    files = [
      CProgram.File(name: "\(Self.name).h", contents: text.header),
      CProgram.File(name: "\(Self.name).c", contents: text.code),
      CProgram.File(name: "\(Self.name)_main.c", contents: text.main),
    ]
    arenaByteCount = units.arenaByteCount
    keys = text.keys
  }
}
