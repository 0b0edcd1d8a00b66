package import Exchange

/// The memory that a model takes as a C program.
package struct CMemory: Encodable, Equatable, Sendable {
  /// Bytes of activations and scratch memory.
  package let arenaBytes: Int
  /// Bytes of weights.
  package let weightBytes: Int

  /// Plans a program without writing it down.
  ///
  /// - Throws: as `CFolder` does.
  package init(_ model: Model) throws {
    let lowering = try CLowering.whole(
      try ExportableNetwork(of: model.description).graph, parameters: model.parameters,
      name: "network")
    (arenaBytes, weightBytes) = (lowering.arenaByteCount, lowering.arrays.byteCount)
  }
}
