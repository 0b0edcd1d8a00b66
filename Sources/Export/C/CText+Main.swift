extension CText {
  /// `NAME_main.c`.
  var main: String {
    let files = inputs + outputs
    let names = files.map { $0.name.uppercased() }.joined(separator: " ")
    return """
      // Tries \(name) on files of raw floats; see \(name).h. Written by lidarseg.
      //   \(name) \(names)
      //   \(name) --layers \(names)    says which layers there are, and marks each
      #include "\(name).h"

      #include <stdio.h>
      #include <string.h>

      \(files.map { "static float \($0.name)[\($0.count)];\n" }.joined())\
      static float arena[(\(macro)_ARENA_BYTES + 3) / 4];

      \(Self.files)
      \(Self.marks)
      static void run_layers(void) {
        const struct \(name)_memory memory = {
          \((files.map(\.name) + ["(unsigned char *)arena"]).joined(separator: ", "))
        };
        for (unsigned layer = 0; layer < \(macro)_LAYER_COUNT; layer++) {
          printf("%s\\t%llu\\n", \(name)_layers[layer].name, \(name)_layers[layer].multiply_accumulates);
          fflush(stdout);
          begin();
          \(name)_layers[layer].run(&memory);
          end();
        }
      }

      int main(int count, char **arguments) {
        const int marks_layers = count > 1 && strcmp(arguments[1], "--layers") == 0;
        char **paths = arguments + 1 + marks_layers;
        if (count - 1 - marks_layers != \(files.count)) {
          fprintf(stderr, "usage: %s [--layers] \(names)\\n", arguments[0]);
          return 2;
        }
      \(reading)\
        if (marks_layers) {
          run_layers();
        } else {
          begin();
          \(name)_run(\((files.map(\.name) + ["arena"]).joined(separator: ", ")));
          end();
        }
      \(writing)\
        return 0;
      }

      """
  }

  private var reading: String {
    inputs.enumerated().map { index, member in
      "  if (!transfer(paths[\(index)], \"rb\", \(member.name), \(member.count))) return 1;\n"
    }.joined()
  }

  private var writing: String {
    outputs.enumerated().map { index, member in
      "  if (!transfer(paths[\(inputs.count + index)], \"wb\", \(member.name),"
        + " \(member.count))) return 1;\n"
    }.joined()
  }

  private static let files = """
    // Reads or writes a whole file; says what is wrong where that fails.
    static int transfer(const char *path, const char *mode, float *numbers, size_t count) {
      FILE *file = fopen(path, mode);
      size_t done = 0;
      if (file) {
        done = mode[0] == 'r' ? fread(numbers, sizeof(float), count, file)
                              : fwrite(numbers, sizeof(float), count, file);
        if (mode[0] == 'r' && fgetc(file) != EOF) done = 0;
        if (fclose(file) != 0) done = 0;
      }
      if (done != count) fprintf(stderr, "%s: not a file of %lu floats\\n", path, (unsigned long)count);
      return done == count;
    }

    """

  /// Functions that a simulator that counts instructions sees being called, around a layer or the whole;
  /// through pointers that may change, so that no compiler takes their bodies in.
  static let marks = """
    // What a counter of instructions sees being called before and after a layer, or all of them.
    extern volatile int lidarseg_is_counting;
    volatile int lidarseg_is_counting = 0;
    void lidarseg_layer_begins(void);
    void lidarseg_layer_begins(void) { lidarseg_is_counting = 1; }
    void lidarseg_layer_ends(void);
    void lidarseg_layer_ends(void) { lidarseg_is_counting = 0; }
    static void (*volatile begin)(void) = lidarseg_layer_begins;
    static void (*volatile end)(void) = lidarseg_layer_ends;

    """
}
