extension CText {
  /// `NAME.h`.
  var header: String {
    """
    // \(name): a network as C99, written by lidarseg. Do not edit.
    //
    \(notes)#ifndef \(macro)_H
    #define \(macro)_H

    #ifdef __cplusplus
    extern "C" {
    #endif

    // Bytes of the arena: activations, and what layers need besides.
    #define \(macro)_ARENA_BYTES \(lowering.arenaByteCount)u
    // Floats of each input and output, and the extents of its rows of pixels.
    \(sizes)
    // How many layers there are.
    #define \(macro)_LAYER_COUNT \(lowering.layers.count)u
    \(classNames)
    // Runs the network. The arena is aligned as a float is, better to 64 bytes; nothing in it lasts from
    // one run to the next. Memory of inputs, outputs and arena does not overlap. There is no other state:
    // with arenas of their own, several threads may run it.
    void \(name)_run(\(parameters));

    // What one run works on.
    struct \(name)_memory {
    \((inputs.map { "  const float *\($0.name);\n" } + outputs.map { "  float *\($0.name);\n" }).joined())\
      unsigned char *arena;
    };

    // The layers, in the order in which `\(name)_run` runs them: for measuring one at a time.
    struct \(name)_layer {
      const char *name;
      void (*run)(const struct \(name)_memory *memory);
      unsigned long long multiply_accumulates;
    };
    extern const struct \(name)_layer \(name)_layers[\(macro)_LAYER_COUNT];

    #ifdef __cplusplus
    }
    #endif

    #endif

    """
  }

  private var notes: String {
    var lines = inputs.map { "\($0.name): \($0.shape) floats, channels innermost" }
    lines += outputs.map { "\($0.name): \($0.shape) floats, channels innermost" }
    lines += options.notes
    lines += [
      "", "To try it on a file of raw floats:",
      "  cc -std=c99 -O2 -ffp-contract=fast -o \(name) \(name).c \(name)_weights.c"
        + " \(name)_main.c",
      "  ./\(name) \((inputs + outputs).map { "\($0.name).raw" }.joined(separator: " "))", "",
      "It needs no library; compilers may call memcpy and memset. LIDARSEG_PLAIN_C leaves out vectors.",
      "It counts on floats being rounded as IEEE 754 says: -ffast-math breaks it.",
      "Weights: \(lowering.arrays.byteCount) bytes.",
    ]
    return lines.map { $0.isEmpty ? "//\n" : "// \($0.asCComment)\n" }.joined()
  }

  private var sizes: String {
    (inputs + outputs).map { member in
      let prefix = "\(macro)_\(member.name.uppercased())"
      let extents = member.extents.map(String.init).joined(separator: ", ")
      return """
        #define \(prefix)_COUNT \(member.count)u
        #define \(prefix)_SHAPE \(extents)
        """
    }.joined(separator: "\n")
  }

  private var classNames: String {
    guard !options.classNames.isEmpty else { return "" }
    return """
      // What the channels of the result are called.
      #define \(macro)_CLASS_COUNT \(options.classNames.count)u
      extern const char *const \(name)_class_names[\(macro)_CLASS_COUNT];

      """
  }
}
