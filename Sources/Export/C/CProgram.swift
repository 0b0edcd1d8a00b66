package import Graphs

/// A network as one freestanding C99 program: its code, its interface, its weights, and a small program
/// around it to try it with.
///
/// The code asks for no memory and no library. All activations lie in one arena of a size that is known; the same plan as `Session`'s puts them there.
package struct CProgram: Sendable {
  /// A text with the name of its file.
  package struct File: Equatable, Sendable {
    /// For example `front_small.c`.
    package let name: String
    /// Equal for equal networks, weights and options.
    package let contents: String
  }

  /// What is to be known besides the network.
  package struct Options: Sendable {
    /// What files, functions and macros begin with; a C identifier.
    package var name: String
    /// What the channels of the result are called, for people who read the header.
    package var classNames: [String]
    /// What else the header says, a line each.
    package var notes: [String]

    /// Options; see the properties.
    package init(name: String, classNames: [String] = [], notes: [String] = []) {
      self.name = name
      self.classNames = classNames
      self.notes = notes
    }
  }

  /// `NAME.h`, `NAME.c`, `NAME_weights.c` and `NAME_main.c`.
  package let files: [File]
  /// Bytes of activations and scratch memory.
  package let arenaByteCount: Int
  /// Bytes of weights.
  package let weightByteCount: Int
  /// The graph's inputs that the network needs, in the order of the program's parameters.
  package let inputs: [String]
  /// The nodes that are computed, in order.
  package let layers: [String]

  /// Writes a graph down.
  ///
  /// - Parameters:
  ///   - graph: as `optimizedForInference()` or `quantized(_:)` gives it.
  ///   - parameters: a tensor for every parameter of `graph`, or of the graph it was made from.
  ///   - options: what it is called.
  /// - Throws: `.unsupported` naming the node and the operation that cannot be written in C;
  ///   `.mismatched` where the name is no identifier or a weight is no number; `ExecutionError` where
  ///   parameters are missing.
  package init(_ graph: Graph, parameters: ParameterValues, options: Options) throws {
    guard options.name.isCIdentifier else {
      throw ExportError(
        .mismatched, "\(options.name) cannot be a name in C",
        remedy: "use letters, digits and underscores, and a letter first")
    }
    let lowering = try CLowering.whole(graph, parameters: parameters, name: options.name)
    let text = CText(lowering, options: options)
    files = [
      File(name: "\(options.name).h", contents: text.header),
      File(name: "\(options.name).c", contents: text.code),
      File(name: "\(options.name)_weights.c", contents: text.weights),
      File(name: "\(options.name)_main.c", contents: text.main),
    ]
    arenaByteCount = lowering.arenaByteCount
    weightByteCount = lowering.arrays.byteCount
    inputs = lowering.graph.inputs.map(\.name)
    layers = lowering.layers.map(\.name)
  }
}
