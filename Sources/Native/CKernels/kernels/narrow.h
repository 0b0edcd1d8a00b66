// Tiles of up to four outputs: they leave three quarters of a long vector empty, so its quarters take
// four inputs (or groups of bytes) at once and are added up at the end.
#ifndef LIDARSEG_CKERNELS_NARROW_H
#define LIDARSEG_CKERNELS_NARROW_H

#include "tile.h"

enum { narrow_outputs = 4 };

/// Whether weights of `depth` inputs or groups are packed in this way, `[depth][narrow_outputs]`.
INLINE int is_narrow(size_t depth, size_t outputs) {
  return LANES == 16 && outputs <= narrow_outputs && depth % 4 == 0;
}

#if LANES == 16
/// Four numbers, each in the lanes of one quarter.
INLINE vec spread_four(const void *from) {
  const __m512i quarters = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  return (vec)_mm512_permutevar_ps(_mm512_broadcast_f32x4(_mm_loadu_ps(from)), quarters);
}

/// The sums of the quarters, in each of them.
INLINE vec added_quarters(vec sum) {
  sum += (vec)_mm512_shuffle_f32x4((__m512)sum, (__m512)sum, 0x4e);
  return sum + (vec)_mm512_shuffle_f32x4((__m512)sum, (__m512)sum, 0xb1);
}

INLINE ivec added_whole_quarters(ivec sum) {
  sum += (ivec)_mm512_shuffle_i32x4((__m512i)sum, (__m512i)sum, 0x4e);
  return sum + (ivec)_mm512_shuffle_i32x4((__m512i)sum, (__m512i)sum, 0xb1);
}

INLINE void run_narrow_plain_tile(
    const int pixels, const tile_source *source, const tile_target *target) {
  vec sums[12];
  UNROLL for (int i = 0; i < pixels; i++) sums[i] = 0;
  const float *weights = source->weights;
  for (size_t k = 0; k < source->depths[0]; k += 4, weights += LANES) {
    vec row = load(weights);
    UNROLL for (int i = 0; i < pixels; i++) {
      const char *pixel = source->segments[0] + (size_t)i * source->step;
      sums[i] += spread_four(pixel + k * sizeof(float)) * row;
    }
  }
  UNROLL for (int i = 0; i < pixels; i++) {
    store((float *)target->first.output + (size_t)i * LANES, added_quarters(sums[i]));
  }
}

INLINE void run_narrow_byte_tile(
    const int pixels, const tile_source *source, const ckernels_epilogue *epilogue,
    const tile_target *target) {
  ivec totals[12];
  UNROLL for (int i = 0; i < pixels; i++) totals[i] = 0;
  const char *weights = source->weights;
  for (size_t segment = 0; segment < source->segment_count; segment++) {
    for (size_t k = 0; k < source->depths[segment]; k += 4, weights += sizeof(ivec)) {
      ivec row = load_whole(weights);
      UNROLL for (int i = 0; i < pixels; i++) {
        const char *pixel = source->segments[segment] + (size_t)i * source->step;
        totals[i] = dot(totals[i], (ivec)spread_four(pixel + k * sizeof(int32_t)), row);
      }
    }
  }
  vec sums[12], scale = load(source->rescale), offset = load(source->offset);
  UNROLL for (int i = 0; i < pixels; i++) {
    ivec total = added_whole_quarters(totals[i]);
    sums[i] = __builtin_convertvector(total, vec) * scale + offset;
    sums[i] = activated(sums[i], epilogue, 0);
  }
  activate_slowly(pixels, sums, epilogue);
  finish_tile(pixels, 1, sums, epilogue, target, 0);
}

#define NARROW_TILE(P)                                                                            \
  static void narrow_plain_tile_##P(                                                              \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    (void)epilogue;                                                                               \
    run_narrow_plain_tile(P, source, target);                                                     \
  }                                                                                               \
  static void narrow_byte_tile_##P(                                                               \
      const tile_source *source, const ckernels_epilogue *epilogue, const tile_target *target) {  \
    run_narrow_byte_tile(P, source, epilogue, target);                                            \
  }
NARROW_TILE(1) NARROW_TILE(2) NARROW_TILE(3) NARROW_TILE(4) NARROW_TILE(5) NARROW_TILE(6)
NARROW_TILE(7) NARROW_TILE(8) NARROW_TILE(9) NARROW_TILE(10) NARROW_TILE(11) NARROW_TILE(12)
#define NARROW_NAMES(N) \
  {N##_1, N##_2, N##_3, N##_4, N##_5, N##_6, N##_7, N##_8, N##_9, N##_10, N##_11, N##_12}
static tile_function *const narrow_plain_tiles[12] = NARROW_NAMES(narrow_plain_tile);
static tile_function *const narrow_byte_tiles[12] = NARROW_NAMES(narrow_byte_tile);
#else
// Never used: `is_narrow` is false.
static tile_function *const *const narrow_plain_tiles = NULL;
static tile_function *const *const narrow_byte_tiles = NULL;
#endif

#endif
