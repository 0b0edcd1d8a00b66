import Graphs
import Tensors

/// The files of a C program.
struct CText {
  let lowering: CLowering
  let options: CProgram.Options

  init(_ lowering: CLowering, options: CProgram.Options) {
    self.lowering = lowering
    self.options = options
  }

  var name: String { options.name }
  /// What macros begin with.
  var macro: String { options.name.uppercased() }

  /// An input or output: its name in C and its type.
  struct Member {
    let name: String
    let type: TensorType

    /// How many floats there are.
    var count: Int { type.shape.count }
    var extents: [Int] { type.shape.extents }
    /// The extents for people.
    var shape: String { "\(type.shape)" }
  }

  var inputs: [Member] {
    zip(lowering.members.inputs, lowering.graph.inputs).map { Member(name: $0, type: $1.type) }
  }

  var outputs: [Member] {
    zip(lowering.members.outputs, lowering.graph.outputs).map {
      Member(name: $0, type: lowering.graph[$1.value].type)
    }
  }

  /// The parameters of the function that runs the network.
  var parameters: String {
    (inputs.map { "const float *\($0.name)" } + outputs.map { "float *\($0.name)" } + [
      "void *arena"
    ])
    .joined(separator: ", ")
  }

  /// `NAME.c`.
  var code: String {
    let parts = CPart.closure(of: lowering.parts, hasSigmoid: lowering.hasSigmoid)
    let weights = lowering.arrays.entries.map { "extern \($0.declaration);\n" }.joined()
    let layers = lowering.layers.enumerated().map { index, layer in
      """
      // \(layer.name.asCComment): \(layer.comment.asCComment)
      static void layer_\(index)(const struct \(name)_memory *m) {
      \(layer.body.indented)
      }

      """
    }
    return """
      // The code of \(name), written by lidarseg; see \(name).h. Do not edit.
      #include "\(name).h"

      \(parts.map(\.text).joined(separator: "\n"))
      #define BYTES(offset) (m->arena + (offset))
      #define SHORTS(offset) ((int16_t *)(void *)(m->arena + (offset)))
      #define FLOATS(offset) ((float *)(void *)(m->arena + (offset)))

      \(weights)
      \(layers.joined(separator: "\n"))
      \(table)
      \(classNames)\(run)
      """
  }

  private var table: String {
    let rows = lowering.layers.enumerated().map { index, layer in
      "  {\"\(layer.name.asCString)\", layer_\(index), \(layer.multiplyAccumulates)ull},\n"
    }
    return """
      const struct \(name)_layer \(name)_layers[\(macro)_LAYER_COUNT] = {
      \(rows.joined())};

      """
  }

  private var classNames: String {
    guard !options.classNames.isEmpty else { return "" }
    let names = options.classNames.map { "  \"\($0.asCString)\",\n" }.joined()
    return """
      const char *const \(name)_class_names[\(macro)_CLASS_COUNT] = {
      \(names)};


      """
  }

  private var run: String {
    let fields = (inputs + outputs).map(\.name) + ["(unsigned char *)arena"]
    return """
      void \(name)_run(\(parameters)) {
        const struct \(name)_memory memory = {\(fields.joined(separator: ", "))};
        for (size_t layer = 0; layer < \(macro)_LAYER_COUNT; layer++) {
          \(name)_layers[layer].run(&memory);
        }
      }

      """
  }

  /// `NAME_weights.c`.
  var weights: String {
    let definitions = lowering.arrays.entries.map { "extern \($0.declaration);\n\($0.definition)" }
    return """
      // The weights of \(name), written by lidarseg; see \(name).h. Do not edit.
      #include <stdint.h>

      \(definitions.joined(separator: "\n"))
      """
  }
}
