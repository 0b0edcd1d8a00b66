// The inner loop of all products: a tile of pixels by vectors of outputs, kept in registers.
#ifndef LIDARSEG_CKERNELS_TILE_H
#define LIDARSEG_CKERNELS_TILE_H

#include "dot.h"
#include "epilogue.h"

/// Whether 3 x 3 convolutions of bytes have Winograd's kernels, too: where bytes are multiplied in pairs.
#define HAS_BYTE_WINOGRAD (LANES == 8)

/// The vectors of the widest panel that a matrix is packed into.
#define PANEL_VECTORS (ACCUMULATORS >= 24 ? 4 : 2)
/// The pixels of the largest tile of a panel: more would not leave registers for their addresses.
#define TILE_PIXELS(vectors) (ACCUMULATORS / (vectors) > 12 ? 12 : ACCUMULATORS / (vectors))

/// What a tile sums up: some inputs of each pixel in each of some segments, which may be rows of a
/// window or channels that move alike. Pixels are `step` bytes of memory apart.
typedef struct {
  const char *segments[ckernels_largest_kernel_height];
  size_t depths[ckernels_largest_kernel_height];
  size_t segment_count;
  size_t step;
  /// [sum of depths][vectors * LANES]
  const void *weights;
  /// By output, where the input is bytes.
  const float *rescale;
  const float *offset;
} tile_source;

/// Where a tile's sums go; steps are bytes of memory from pixel to pixel.
typedef struct {
  destination first;
  size_t output_step;
  size_t addend_step;
  size_t factor_step;
} tile_target;

INLINE void sum_tile(const int pixels, const int vectors, const tile_source *source, vec *sums) {
  const float *weights = source->weights;
  UNROLL for (int i = 0; i < pixels * vectors; i++) sums[i] = 0;
  for (size_t segment = 0; segment < source->segment_count; segment++) {
    const float *pixel[12];
    UNROLL for (int i = 0; i < pixels; i++) {
      pixel[i] = (const float *)(source->segments[segment] + (size_t)i * source->step);
    }
    for (size_t k = 0; k < source->depths[segment]; k++, weights += vectors * LANES) {
      vec row[4];
      UNROLL for (int v = 0; v < vectors; v++) row[v] = load(weights + v * LANES);
      UNROLL for (int i = 0; i < pixels; i++) {
        vec input = (vec)(pixel[i][k]);
        UNROLL for (int v = 0; v < vectors; v++) sums[i * vectors + v] += input * row[v];
      }
    }
  }
}

/// Whole sums over bytes; `depth` counts groups of inputs.
INLINE void total_byte_tile(
    const int pixels, const int vectors, const tile_source *source, ivec *totals) {
  const char *weights = source->weights;
  UNROLL for (int i = 0; i < pixels * vectors; i++) totals[i] = 0;
  for (size_t segment = 0; segment < source->segment_count; segment++) {
    const char *pixel[12];
    UNROLL for (int i = 0; i < pixels; i++) {
      pixel[i] = source->segments[segment] + (size_t)i * source->step;
    }
    for (size_t k = 0; k < source->depths[segment]; k++, weights += vectors * sizeof(ivec)) {
      ivec row[4];
      UNROLL for (int v = 0; v < vectors; v++) row[v] = load_whole(weights + v * sizeof(ivec));
      UNROLL for (int i = 0; i < pixels; i++) {
        ivec input = spread_group(pixel[i] + k * sizeof(int32_t));
        UNROLL for (int v = 0; v < vectors; v++) {
          totals[i * vectors + v] = dot(totals[i * vectors + v], input, row[v]);
        }
      }
    }
  }
}

/// Sums over bytes as numbers.
INLINE void sum_byte_tile(
    const int pixels, const int vectors, const tile_source *source, size_t channel, vec *sums) {
  ivec totals[24];
  total_byte_tile(pixels, vectors, source, totals);
  UNROLL for (int v = 0; v < vectors; v++) {
    vec scale = load(source->rescale + channel + v * LANES);
    vec offset = load(source->offset + channel + v * LANES);
    UNROLL for (int i = 0; i < pixels; i++) {
      sums[i * vectors + v] = __builtin_convertvector(totals[i * vectors + v], vec) * scale + offset;
    }
  }
}

INLINE void finish_tile(
    const int pixels, const int vectors, const vec *sums, const ckernels_epilogue *epilogue,
    const tile_target *target, const int whole) {
  const size_t size = element_size(epilogue->result);
  const size_t addend_size = element_size(epilogue->addend.quantization);
  const size_t factor_size = element_size(epilogue->factor.quantization);
  UNROLL for (int i = 0; i < pixels; i++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      size_t channel = (size_t)v * LANES;
      if (!whole && channel >= target->first.count) break;
      destination to = target->first;
      to.output += (size_t)i * target->output_step + channel * size;
      if (to.addend) to.addend += (size_t)i * target->addend_step + channel * addend_size;
      if (to.factor) to.factor += (size_t)i * target->factor_step + channel * factor_size;
      to.channel += channel;
      to.count = whole ? LANES : to.count - channel;
      finish(sums[i * vectors + v], epilogue, to, whole);
    }
  }
}

/// The same for whole vectors and an epilogue of a known kind.
INLINE void finish_tile_as_bytes(
    const int kind, const int pixels, const int vectors, const vec *sums,
    const ckernels_epilogue *epilogue, const tile_target *target) {
  const size_t addend_size = kind == float_addend ? sizeof(float) : 1;
  char *output = target->first.output;
  const char *addend = target->first.addend;
  UNROLL for (int i = 0; i < pixels; i++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      finish_as_bytes(kind, sums[i * vectors + v], epilogue, output + v * LANES,
                      kind == no_addend ? NULL : addend + (size_t)v * LANES * addend_size);
    }
    output += target->output_step;
    if (kind != no_addend) addend += target->addend_step;
  }
}

INLINE void finish_whole_tile(
    const int pixels, const int vectors, const vec *sums, const ckernels_epilogue *epilogue,
    const tile_target *target) {
  switch (byte_epilogue_kind(epilogue)) {
  case no_addend:
    finish_tile_as_bytes(no_addend, pixels, vectors, sums, epilogue, target);
    break;
  case byte_addend:
    finish_tile_as_bytes(byte_addend, pixels, vectors, sums, epilogue, target);
    break;
  case float_addend:
    finish_tile_as_bytes(float_addend, pixels, vectors, sums, epilogue, target);
    break;
  default: finish_tile(pixels, vectors, sums, epilogue, target, 1);
  }
}

/// Asks for the memory that a tile will read and write last, to be there when its sums are done.
INLINE void fetch_target(
    const int pixels, const int vectors, const ckernels_epilogue *epilogue,
    const tile_target *target) {
  const size_t size = LANES * element_size(epilogue->result);
  const size_t addend_size = LANES * element_size(epilogue->addend.quantization);
  for (int i = 0; i < pixels; i++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      const char *output = target->first.output + (size_t)i * target->output_step;
      __builtin_prefetch(output + (size_t)v * size, 1);
      if (target->first.addend) {
        const char *addend = target->first.addend + (size_t)i * target->addend_step;
        __builtin_prefetch(addend + (size_t)v * addend_size);
      }
    }
  }
}

typedef void tile_function(const tile_source *, const ckernels_epilogue *, const tile_target *);

/// `bytes`: the input is bytes.
INLINE void run_tile(
    const int pixels, const int vectors, const int bytes, const tile_source *source,
    const ckernels_epilogue *shared_epilogue, const tile_target *shared_target) {
  vec sums[24];
  // Copies, which stores into images cannot change, as far as the compiler knows.
  const ckernels_epilogue copied_epilogue = *shared_epilogue, *epilogue = &copied_epilogue;
  const tile_target copied_target = *shared_target, *target = &copied_target;
  fetch_target(pixels, vectors, epilogue, target);
  if (bytes) {
    sum_byte_tile(pixels, vectors, source, target->first.channel, sums);
  } else {
    sum_tile(pixels, vectors, source, sums);
  }
  UNROLL for (int i = 0; i < pixels * vectors; i++) {
    sums[i] = activated(sums[i], epilogue, target->first.channel + (size_t)(i % vectors) * LANES);
  }
  activate_slowly(pixels * vectors, sums, epilogue);
  if (target->first.count < (size_t)vectors * LANES) {
    finish_tile(pixels, vectors, sums, epilogue, target, 0);
  } else if (bytes) {
    finish_whole_tile(pixels, vectors, sums, epilogue, target);
  } else {
    finish_tile(pixels, vectors, sums, epilogue, target, 1);
  }
}

/// Stores the sums as they are, the pixels of one panel behind each other.
INLINE void run_plain_tile(
    const int pixels, const int vectors, const tile_source *source, const tile_target *target) {
  vec sums[24];
  sum_tile(pixels, vectors, source, sums);
  UNROLL for (int i = 0; i < pixels * vectors; i++) {
    store((float *)target->first.output + (size_t)i * LANES, sums[i]);
  }
}

/// Stores whole sums over bytes likewise.
INLINE void run_plain_byte_tile(
    const int pixels, const int vectors, const tile_source *source, const tile_target *target) {
  ivec totals[24];
  total_byte_tile(pixels, vectors, source, totals);
  UNROLL for (int i = 0; i < pixels * vectors; i++) {
    memcpy(target->first.output + (size_t)i * sizeof(ivec), &totals[i], sizeof(ivec));
  }
}

#define TILE(P, V)                                                                                \
  static void tile_##P##x##V(                                                                     \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    run_tile(P, V, 0, source, epilogue, target);                                                  \
  }                                                                                               \
  static void byte_tile_##P##x##V(                                                                \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    run_tile(P, V, 1, source, epilogue, target);                                                  \
  }                                                                                               \
  static void plain_tile_##P##x##V(                                                               \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    (void)epilogue;                                                                               \
    run_plain_tile(P, V, source, target);                                                         \
  }

#define PLAIN_BYTE_TILE(P, V)                                                                     \
  static void plain_byte_tile_##P##x##V(                                                          \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    (void)epilogue;                                                                               \
    run_plain_byte_tile(P, V, source, target);                                                    \
  }

#define TILES_TO_3(V) TILE(1, V) TILE(2, V) TILE(3, V)
#define TILES_TO_6(V) TILES_TO_3(V) TILE(4, V) TILE(5, V) TILE(6, V)
#define TILES_TO_8(V) TILES_TO_6(V) TILE(7, V) TILE(8, V)
#define TILES_TO_12(V) TILES_TO_8(V) TILE(9, V) TILE(10, V) TILE(11, V) TILE(12, V)
#define NAMES_TO_3(N, V) N##_1x##V, N##_2x##V, N##_3x##V
#define NAMES_TO_6(N, V) NAMES_TO_3(N, V), N##_4x##V, N##_5x##V, N##_6x##V
#define NAMES_TO_8(N, V) NAMES_TO_6(N, V), N##_7x##V, N##_8x##V
#define NAMES_TO_12(N, V) NAMES_TO_8(N, V), N##_9x##V, N##_10x##V, N##_11x##V, N##_12x##V

// By vectors and pixels of a tile, each less one.
#if ACCUMULATORS >= 24
TILES_TO_12(1)
TILES_TO_12(2)
TILES_TO_8(3)
TILES_TO_6(4)
static tile_function *const tiles[4][12] = {
    {NAMES_TO_12(tile, 1)}, {NAMES_TO_12(tile, 2)}, {NAMES_TO_8(tile, 3)}, {NAMES_TO_6(tile, 4)}};
static tile_function *const byte_tiles[4][12] = {
    {NAMES_TO_12(byte_tile, 1)},
    {NAMES_TO_12(byte_tile, 2)},
    {NAMES_TO_8(byte_tile, 3)},
    {NAMES_TO_6(byte_tile, 4)}};
static tile_function *const plain_tiles[4][12] = {
    {NAMES_TO_12(plain_tile, 1)},
    {NAMES_TO_12(plain_tile, 2)},
    {NAMES_TO_8(plain_tile, 3)},
    {NAMES_TO_6(plain_tile, 4)}};
#elif ACCUMULATORS >= 12
TILES_TO_12(1)
TILES_TO_6(2)
static tile_function *const tiles[2][12] = {{NAMES_TO_12(tile, 1)}, {NAMES_TO_6(tile, 2)}};
static tile_function *const byte_tiles[2][12] = {
    {NAMES_TO_12(byte_tile, 1)}, {NAMES_TO_6(byte_tile, 2)}};
static tile_function *const plain_tiles[2][12] = {
    {NAMES_TO_12(plain_tile, 1)}, {NAMES_TO_6(plain_tile, 2)}};
#endif

#if HAS_BYTE_WINOGRAD
PLAIN_BYTE_TILE(1, 1) PLAIN_BYTE_TILE(2, 1) PLAIN_BYTE_TILE(3, 1) PLAIN_BYTE_TILE(4, 1)
PLAIN_BYTE_TILE(5, 1) PLAIN_BYTE_TILE(6, 1) PLAIN_BYTE_TILE(7, 1) PLAIN_BYTE_TILE(8, 1)
PLAIN_BYTE_TILE(9, 1) PLAIN_BYTE_TILE(10, 1) PLAIN_BYTE_TILE(11, 1) PLAIN_BYTE_TILE(12, 1)
PLAIN_BYTE_TILE(1, 2) PLAIN_BYTE_TILE(2, 2) PLAIN_BYTE_TILE(3, 2)
PLAIN_BYTE_TILE(4, 2) PLAIN_BYTE_TILE(5, 2) PLAIN_BYTE_TILE(6, 2)
static tile_function *const plain_byte_tiles[2][12] = {
    {NAMES_TO_12(plain_byte_tile, 1)}, {NAMES_TO_6(plain_byte_tile, 2)}};
#endif

/// The pixels that a tile takes of those that are left, so that no tile is much smaller than others.
INLINE size_t next_tile(size_t left, size_t vectors) {
  if (left >= 2 * (size_t)TILE_PIXELS(vectors)) return TILE_PIXELS(vectors);
  size_t tiles_left = divided_up(left, TILE_PIXELS(vectors));
  return divided_up(left, tiles_left);
}

/// The vectors of the panel that starts at an output.
INLINE size_t panel_vectors(size_t first_output, size_t outputs) {
  return smaller(PANEL_VECTORS, divided_up(outputs - first_output, LANES));
}

#endif
