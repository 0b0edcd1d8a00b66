package import Graphs

/// The memory that a network takes as a C program.
package struct CMemory: Encodable, Equatable, Sendable {
  /// Bytes of activations and scratch memory.
  package let arenaBytes: Int
  /// Bytes of weights.
  package let weightBytes: Int

  /// Plans a program without writing it down; see `CProgram`.
  ///
  /// - Throws: as `CProgram` does.
  package init(_ graph: Graph, parameters: ParameterValues) throws {
    var lowering = try CLowering(
      try graph.preparedForInference(), parameters: parameters, name: "network")
    try lowering.lower()
    (arenaBytes, weightBytes) = (lowering.arenaByteCount, lowering.arrays.byteCount)
  }
}
