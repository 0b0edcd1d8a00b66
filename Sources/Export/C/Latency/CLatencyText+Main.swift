extension CLatencyText {
  /// `latency_main.c`.
  var main: String {
    let images = inputs + outputs
    let fill = images.map { "  fill(\($0.name), \($0.count));\n" }.joined()
    return """
      // Measures the computations of \(name).h, and prints a latency table. Written by lidarseg.
      //   \(name) PROCESSOR                 measures, and prints the table of a processor of this name
      //   \(name) --count                   runs each computation once, marked for a counter of instructions
      //   \(name) --counts FILE PROCESSOR   prints the table of what such a counter wrote, a number a line
      #include "\(name).h"

      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <time.h>

      // How often each computation is measured.
      #ifndef \(macro)_ROUNDS
      #define \(macro)_ROUNDS 31
      #endif

      float \(name)_floats[\(macro)_FLOAT_COUNT];
      int8_t \(name)_bytes[\(macro)_BYTE_COUNT];
      \(images.map { "static float \($0.name)[\($0.count)];\n" }.joined())\
      static float arena[(\(macro)_ARENA_BYTES + 3) / 4];
      static double runs[\(macro)_UNIT_COUNT][\(macro)_ROUNDS];
      static unsigned long repeats[\(macro)_UNIT_COUNT];
      static const struct \(name)_memory memory = {
        \((images.map(\.name) + ["(unsigned char *)arena"]).joined(separator: ", "))
      };

      \(CText.marks)
      // Numbers as layers make them: small, of both signs, none equal to nothing.
      static void fill(float *numbers, size_t count) {
        for (size_t i = 0; i < count; i++) numbers[i] = (float)((i * 7) % 16) * 0.03125f - 0.234375f;
      }

      static void fill_images(void) {
      \(fill)\
        fill(arena, sizeof arena / sizeof arena[0]);
      }

      static void fill_weights(void) {
        fill(\(name)_floats, \(macro)_FLOAT_COUNT);
        for (size_t i = 0; i < \(macro)_BYTE_COUNT; i++) {
          \(name)_bytes[i] = (int8_t)((int)((i * 37) % 255) - 127);
        }
      }

      \(Self.measuring(name, macro))
      \(Self.printing(name, macro))
      \(Self.commands(name, macro))
      """
  }

  private static func measuring(_ name: String, _ macro: String) -> String {
    """
    // The clock's time that some runs of a computation take.
    static double ticks_of(size_t unit, unsigned long count) {
      const clock_t start = clock();
      for (unsigned long i = 0; i < count; i++) \(name)_units[unit].run(&memory);
      return (double)(clock() - start);
    }

    // As many ticks as are worth measuring: 4 ms, and many of the clock's own steps.
    static double ticks_needed(void) {
      const clock_t start = clock();
      if (start == (clock_t)-1) {
        fprintf(stderr, "error: the clock of this device does not run\\n");
        fprintf(stderr, "hint: count instructions instead, by --count\\n");
        exit(1);
      }
      clock_t next = start;
      while (next == start) next = clock();
      const clock_t first = next;
      while (next == first) next = clock();
      const double steps = 20.0 * (double)(next - first), time = 0.004 * (double)CLOCKS_PER_SEC;
      return steps > time ? steps : time;
    }

    // All computations in turn, round by round, so that a change of pace meets all of them.
    static void measure(void) {
      const double needed = ticks_needed();
      for (size_t unit = 0; unit < \(macro)_UNIT_COUNT; unit++) {
        if (!\(name)_units[unit].run) continue;
        fill_images();
        repeats[unit] = 1;
        while (ticks_of(unit, repeats[unit]) < needed) repeats[unit] *= 2;
      }
      for (size_t round = 0; round < \(macro)_ROUNDS; round++) {
        for (size_t unit = 0; unit < \(macro)_UNIT_COUNT; unit++) {
          if (!\(name)_units[unit].run) continue;
          fill_images();
          runs[unit][round] = ticks_of(unit, repeats[unit]) * 1000.0 / (double)CLOCKS_PER_SEC /
                              (double)repeats[unit];
        }
      }
    }

    static void run_marked(void) {
      for (size_t unit = 0; unit < \(macro)_UNIT_COUNT; unit++) {
        if (!\(name)_units[unit].run) continue;
        fill_images();
        begin();
        \(name)_units[unit].run(&memory);
        end();
      }
    }

    // What a counter wrote, in millions; 0 where that is not a number for each computation.
    static int read_counts(const char *path) {
      FILE *file = fopen(path, "r");
      int is_complete = file != NULL;
      for (size_t unit = 0; is_complete && unit < \(macro)_UNIT_COUNT; unit++) {
        double count;
        if (!\(name)_units[unit].run) continue;
        is_complete = fscanf(file, "%lf", &count) == 1 && count > 0;
        if (is_complete) runs[unit][0] = count / 1e6;
      }
      if (is_complete) is_complete = fscanf(file, "%*s") == EOF;
      if (file) fclose(file);
      if (!is_complete) {
        fprintf(stderr, "error: %s has not one count for each of the computations of this program\\n", path);
        fprintf(stderr, "hint: let the counter run this very program with --count\\n");
      }
      return is_complete;
    }

    """
  }

  private static func printing(_ name: String, _ macro: String) -> String {
    """
    static int compare(const void *a, const void *b) {
      const double x = *(const double *)a, y = *(const double *)b;
      return (x > y) - (x < y);
    }

    static void print_table(const char *processor, const char *what, size_t count) {
      printf("{\\n  \\"betweenUnits\\" : 0,\\n  \\"entries\\" : {\\n");
      for (size_t unit = 0; unit < \(macro)_UNIT_COUNT; unit++) {
        double *times = runs[unit];
        qsort(times, count, sizeof times[0], compare);
        printf("    \\"%s\\" : {\\n      \\"count\\" : %lu,\\n", \(name)_units[unit].key,
               (unsigned long)count);
        printf("      \\"lowerQuartile\\" : %.12g,\\n", times[count / 4]);
        printf("      \\"median\\" : %.12g,\\n", times[count / 2]);
        printf("      \\"upperQuartile\\" : %.12g\\n", times[count * 3 / 4]);
        printf("    }%s\\n", unit + 1 < \(macro)_UNIT_COUNT ? "," : "");
      }
      printf("  },\\n  \\"kernels\\" : \\"c\\",\\n  \\"processor\\" : \\"%s\\",\\n", processor);
      printf("  \\"threads\\" : 1,\\n  \\"unit\\" : \\"%s\\"\\n}\\n", what);
    }

    """
  }

  private static func commands(_ name: String, _ macro: String) -> String {
    """
    static int fail(const char *program) {
      fprintf(stderr, "error: say what the processor is called, without quotes in the name\\n");
      fprintf(stderr, "hint: %s PROCESSOR | %s --count | %s --counts FILE PROCESSOR\\n", program, program,
              program);
      return 2;
    }

    int main(int count, char **arguments) {
      const char *program = count > 0 ? arguments[0] : "\(name)";
      const int counts = count == 4 && strcmp(arguments[1], "--counts") == 0;
      fill_weights();
      if (count == 2 && strcmp(arguments[1], "--count") == 0) {
        run_marked();
        return 0;
      }
      if ((count != 2 && !counts) || (count == 2 && arguments[1][0] == '-')) return fail(program);
      const char *processor = arguments[count - 1];
      if (strpbrk(processor, "\\"\\\\\\n\\t") || !*processor) return fail(program);
      if (counts) {
        if (!read_counts(arguments[2])) return 1;
        print_table(processor, "million instructions", 1);
      } else {
        measure();
        print_table(processor, "ms", \(macro)_ROUNDS);
      }
      return 0;
    }

    """
  }
}
