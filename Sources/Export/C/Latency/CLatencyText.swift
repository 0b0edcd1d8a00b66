/// The files of a program that measures.
struct CLatencyText {
  private let units: CLatencyUnits
  private let notes: [String]
  let inputs: [CText.Member]
  let outputs: [CText.Member]
  let name = CLatencyProgram.name

  init(_ units: CLatencyUnits, notes: [String]) throws(ExportError) {
    guard let members = units.members else {
      throw ExportError(
        .mismatched, "there is no network whose computations could be measured",
        remedy: "name a space of networks")
    }
    (self.units, self.notes) = (units, notes)
    (inputs, outputs) = members
  }

  var macro: String { name.uppercased() }
  var keys: [String] { units.layers.keys.sorted() }

  private var layers: [CLayer] { keys.compactMap { units.layers[$0] ?? nil } }

  /// How many floats the longest array of weights has; C has no empty arrays.
  private var floatCount: Int {
    units.arrays.reduce(1) { longest, entry in
      if case .floats(let numbers) = entry.elements { max(longest, numbers.count) } else { longest }
    }
  }

  private var byteCount: Int {
    units.arrays.reduce(1) { longest, entry in
      if case .bytes(let numbers) = entry.elements { max(longest, numbers.count) } else { longest }
    }
  }

  /// `latency.h`.
  var header: String {
    """
    // What each computation of some networks takes on a device, written by lidarseg. Do not edit.
    //
    \(comments)#ifndef \(macro)_H
    #define \(macro)_H

    #include <stdint.h>

    #define \(macro)_ARENA_BYTES \(units.arenaByteCount)u
    #define \(macro)_UNIT_COUNT \(keys.count)u
    #define \(macro)_FLOAT_COUNT \(floatCount)u
    #define \(macro)_BYTE_COUNT \(byteCount)u

    // What one computation works on.
    struct \(name)_memory {
    \((inputs.map { "  const float *\($0.name);\n" } + outputs.map { "  float *\($0.name);\n" }).joined())\
      unsigned char *arena;
    };

    // The computations, by the keys of the table; no function where there is nothing to do.
    struct \(name)_unit {
      const char *key;
      void (*run)(const struct \(name)_memory *memory);
    };
    extern const struct \(name)_unit \(name)_units[\(macro)_UNIT_COUNT];

    // What stands for all weights.
    extern float \(name)_floats[\(macro)_FLOAT_COUNT];
    extern int8_t \(name)_bytes[\(macro)_BYTE_COUNT];

    #endif

    """
  }

  private var comments: String {
    let lines =
      notes + [
        "", "To measure, on the device, with nothing else running:",
        "  cc -std=c99 -O3 -ffp-contract=fast -o \(name) \(name).c \(name)_main.c -lm",
        "  ./\(name) \"NAME OF THE PROCESSOR\" > table.json",
        "then elsewhere: lidarseg search --latency table.json --device \"NAME OF THE PROCESSOR\"",
        "",
        "Use the flags that the network will be compiled with. The arena takes \(units.arenaByteCount)"
          + " bytes.",
      ]
    return lines.map { $0.isEmpty ? "//\n" : "// \($0.asCComment)\n" }.joined()
  }

  /// `latency.c`.
  var code: String {
    let parts = CPart.closure(of: units.parts, hasSigmoid: units.hasSigmoid)
    let weights = units.arrays.map { entry in
      switch entry.elements {
      case .floats: "#define \(entry.name) \(name)_floats\n"
      case .bytes: "#define \(entry.name) \(name)_bytes\n"
      }
    }
    return """
      // The computations of \(name).h, written by lidarseg. Do not edit.
      #include "\(name).h"

      \(parts.map(\.text).joined(separator: "\n"))
      \(CText.places)
      // What weights are does not matter: all of them are read from the same place.
      \(weights.joined())
      \(CText.functions(layers, memory: "\(name)_memory"))
      \(table)
      """
  }

  private var table: String {
    var number = 0
    let rows = keys.map { key in
      guard case .some(.some) = units.layers[key] else { return "  {\"\(key.asCString)\", 0},\n" }
      defer { number += 1 }
      return "  {\"\(key.asCString)\", layer_\(number)},\n"
    }
    return """
      const struct \(name)_unit \(name)_units[\(macro)_UNIT_COUNT] = {
      \(rows.joined())};

      """
  }
}
