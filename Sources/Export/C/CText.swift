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
    return """
      // The code of \(name), written by lidarseg; see \(name).h. Do not edit.
      #include "\(name).h"

      \(parts.map(\.text).joined(separator: "\n"))
      \(Self.places)
      \(weights)
      \(Self.functions(lowering.layers, memory: "\(name)_memory"))
      \(table)
      \(classNames)\(run)
      """
  }

  /// What layers call places in the arena.
  static let places = """
    #define BYTES(offset) (m->arena + (offset))
    #define SHORTS(offset) ((int16_t *)(void *)(m->arena + (offset)))
    #define FLOATS(offset) ((float *)(void *)(m->arena + (offset)))

    """

  /// The functions of layers, `layer_0` and so on, which work on a structure of that name.
  static func functions(_ layers: [CLayer], memory: String) -> String {
    layers.enumerated().map { index, layer in
      """
      // \(layer.name.asCComment): \(layer.comment.asCComment)
      static void layer_\(index)(const struct \(memory) *m) {
      \(layer.body.indented)
      }

      """
    }.joined(separator: "\n")
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
