#pragma once
#include <stddef.h>
#include <stdint.h>

/// A file of the project that the program carries within itself.
typedef struct bundled_file {
  /// "sensors/NAME.yaml", "labels/NAME.yaml", "recipes/NAME.yaml", "models/NAME.safetensors",
  /// "export/c/NAME.c" or "viewer/FILE".
  const char *_Nonnull name;
  const uint8_t *_Nonnull bytes;
  size_t count;
} bundled_file;

/// How many files are bundled.
size_t bundled_file_count(void);
/// The bundled file at a position below bundled_file_count().
bundled_file bundled_file_at(size_t position);
