// 3 x 3 convolutions of bytes by Winograd's F(2 x 2, 3 x 3) in whole numbers, for processors that multiply
// pairs of 16 bits: 16 multiplications for four outputs instead of 36.
//
// Weights are transformed to twice their size along each axis, so that no halves are left; products are four
// times what they stand for. All is exact: the sums are those of the convolution by rows.
#ifndef LIDARSEG_CKERNELS_BYTE_WINOGRAD_H
#define LIDARSEG_CKERNELS_BYTE_WINOGRAD_H

#include "winograd.h"

/// As many 16-bit numbers as fit into a vector.
typedef int16_t words __attribute__((ext_vector_type(2 * LANES)));

enum { byte_positions = 16 };

/// 16-bit numbers of the transformed inputs of one position, in whole groups.
INLINE size_t word_depth(size_t inputs) { return rounded_up(inputs, dot_group); }

static size_t winograd_packed_byte_count(size_t inputs, size_t outputs) {
  return byte_positions * word_depth(inputs) * padded_count(outputs) * sizeof(int16_t);
}

static size_t winograd_byte_block(size_t inputs, size_t outputs) {
  const size_t unit = TILE_PIXELS(panel_vectors(0, outputs)), depth = word_depth(inputs);
  const size_t tile = byte_positions * (depth * sizeof(int16_t) + panel_width(outputs) * sizeof(int32_t));
  const size_t weights = byte_positions * depth * panel_width(outputs) * sizeof(int16_t);
  // In the first cache beside the weights of a panel, if these leave room for it, else in the second.
  const size_t room = weights <= 8 * 1024 ? 24 * 1024 : 384 * 1024;
  return larger(unit, room / tile / unit * unit);
}

/// Transforms three weights along one axis, to twice their size.
static void double_weights(const int *g, size_t step, int *to, size_t to_step) {
  to[0] = 2 * g[0];
  to[to_step] = g[0] + g[step] + g[2 * step];
  to[2 * to_step] = g[0] - g[step] + g[2 * step];
  to[3 * to_step] = 2 * g[2 * step];
}

static void winograd_pack_bytes(
    const float *weights, size_t stride, size_t inputs, size_t outputs, const float *steps,
    void *packed, float *sums) {
  size_t depth = word_depth(inputs), matrix = depth * padded_count(outputs);
  memset(packed, 0, winograd_packed_byte_count(inputs, outputs));
  for (size_t output = 0; output < outputs; output++) {
    size_t first = output / (PANEL_VECTORS * LANES) * (PANEL_VECTORS * LANES);
    size_t width = panel_vectors(first, outputs) * LANES;
    int sum = 0;
    for (size_t input = 0; input < inputs; input++) {
      int g[9], half[12], all[byte_positions];
      for (size_t tap = 0; tap < 9; tap++) {
        float weight = weights[(tap * inputs + input) * stride + output];
        g[tap] = (int)__builtin_rintf(weight / steps[output]);
        sum += g[tap];
      }
      for (size_t x = 0; x < 3; x++) double_weights(g + x, 3, half + x, 3);
      for (size_t y = 0; y < 4; y++) double_weights(half + 3 * y, 1, all + 4 * y, 1);
      size_t group = input / dot_group * width + output - first;
      int16_t *to = (int16_t *)packed + first * depth + group * dot_group + input % dot_group;
      for (size_t q = 0; q < byte_positions; q++) to[q * matrix] = (int16_t)all[q];
    }
    sums[output] = (float)sum;
  }
}

/// Bytes as 16-bit numbers, as many as a vector has or, where not `whole`, half as many and zeros.
INLINE words load_words(const uint8_t *from, const int whole) {
  if (whole) return (words)_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)from));
  return (words)_mm256_cvtepu8_epi16(_mm_loadl_epi64((const __m128i *)from));
}

/// Transforms four inputs along one axis of a tile, in place.
INLINE void transform_words(words *d, const int step) {
  words d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  d[0] = d0 - d2;
  d[step] = d1 + d2;
  d[2 * step] = d2 - d1;
  d[3 * step] = d1 - d3;
}

/// Transforms some channels of the patch of 4 x 4 pixels under a tile. `inside`: all of it lies in the image.
INLINE void transform_byte_channels(
    const ckernels_winograd *winograd, tile_place place, char *to, size_t to_stride, size_t channel,
    const int inside, const int whole) {
  const ckernels_image *input = &winograd->input;
  const ptrdiff_t step = (ptrdiff_t)input->stride, height = (ptrdiff_t)input->height;
  const ptrdiff_t width = (ptrdiff_t)input->width;
  const ptrdiff_t top = (ptrdiff_t)place.y - 1, left = (ptrdiff_t)place.x - 1;
  const uint8_t *first = (const uint8_t *)input->base +
                         (((ptrdiff_t)place.image * height + top) * width + left) * step + channel;
  words patch[byte_positions];
  UNROLL for (int y = 0; y < 4; y++) {
    UNROLL for (int x = 0; x < 4; x++) {
      if (!inside && (top + y < 0 || top + y >= height || left + x < 0 || left + x >= width)) {
        patch[4 * y + x] = (words)((int16_t)winograd->padding);
      } else {
        const uint8_t *pixel = first + (y * width + x) * step;
        patch[4 * y + x] = load_words(pixel, whole);
      }
    }
    transform_words(patch + 4 * y, 1);
  }
  UNROLL for (int x = 0; x < 4; x++) {
    transform_words(patch + x, 4);
    UNROLL for (int y = 0; y < 4; y++) {
      memcpy(to + (size_t)(4 * y + x) * to_stride, &patch[4 * y + x], sizeof(words));
    }
  }
}

/// Transforms a patch. What its last vector writes beyond the tile, the next tile writes over; behind the last
/// one there is room.
INLINE void transform_byte_patch(
    const ckernels_winograd *winograd, tile_place place, char *to, size_t to_stride) {
  const size_t channels = winograd->input.channels;
  const int inside = place.y > 0 && place.x > 0 && place.y + 2 < winograd->input.height &&
                     place.x + 2 < winograd->input.width;
  for (size_t channel = 0; channel < channels; channel += 2 * LANES, to += sizeof(words)) {
    if (!inside) {
      transform_byte_channels(winograd, place, to, to_stride, channel, 0, channel + 2 * LANES <= channels);
    } else if (channel + 2 * LANES <= channels) {
      transform_byte_channels(winograd, place, to, to_stride, channel, 1, 1);
    } else {
      transform_byte_channels(winograd, place, to, to_stride, channel, 1, 0);
    }
  }
}

/// Multiplies the transformed inputs of `count` tiles by the weights of one panel.
INLINE void multiply_byte_patches(
    const ckernels_winograd *winograd, const char *patches, size_t patch_stride, size_t count,
    size_t first, size_t vectors, int32_t *products, size_t product_stride) {
  size_t depth = word_depth(winograd->input.channels);
  size_t matrix = depth * padded_count(winograd->output.channels);
  for (size_t q = 0; q < byte_positions; q++) {
    for (size_t tile = 0; tile < count;) {
      size_t tiles_now = next_tile(count - tile, vectors);
      tile_source source = {
          .segments = {patches + q * patch_stride + tile * depth * sizeof(int16_t)},
          .segment_count = 1,
          .depths = {depth / dot_group},
          .step = depth * sizeof(int16_t),
          .weights = (const int16_t *)winograd->weights + q * matrix + first * depth,
      };
      tile_target target = {
          .first.output = (char *)(products + q * product_stride + tile * vectors * LANES)};
      plain_byte_tiles[vectors - 1][tiles_now - 1](&source, NULL, &target);
      tile += tiles_now;
    }
  }
}

/// Transforms the products of a tile back: sums for two rows of two pixels.
INLINE void transform_whole_products(
    const ckernels_winograd *winograd, const int32_t *products, size_t stride, size_t channel,
    vec *sums) {
  ivec half[8];
  UNROLL for (int x = 0; x < 4; x++) {
    ivec m0 = load_whole(products + (size_t)x * stride);
    ivec m1 = load_whole(products + (size_t)(4 + x) * stride);
    ivec m2 = load_whole(products + (size_t)(8 + x) * stride);
    ivec m3 = load_whole(products + (size_t)(12 + x) * stride);
    half[x] = m0 + m1 + m2;
    half[4 + x] = m1 - m2 - m3;
  }
  vec scale = load(winograd->rescale + channel) * 0.25f, offset = load(winograd->offset + channel);
  UNROLL for (int y = 0; y < 2; y++) {
    const ivec *line = half + 4 * y;
    ivec left = line[0] + line[1] + line[2], right = line[1] - line[2] - line[3];
    sums[2 * y] = __builtin_convertvector(left, vec) * scale + offset;
    sums[2 * y + 1] = __builtin_convertvector(right, vec) * scale + offset;
  }
}

/// Finishes the outputs of a tile in one panel.
INLINE void finish_byte_patch(
    const ckernels_winograd *winograd, tile_place place, const int32_t *products, size_t stride,
    size_t first, size_t vectors) {
  const ckernels_image *output = &winograd->output;
  const ckernels_epilogue *epilogue = &winograd->epilogue;
  const size_t rows = smaller(2, output->height - place.y);
  const size_t columns = smaller(2, output->width - place.x);
  const size_t pixel = (place.image * output->height + place.y) * output->width + place.x;
  for (size_t v = 0; v < vectors; v++, products += LANES) {
    size_t channel = first + v * LANES;
    vec sums[4];
    transform_whole_products(winograd, products, stride, channel, sums);
    UNROLL for (int i = 0; i < 4; i++) sums[i] = activated(sums[i], epilogue, channel);
    activate_slowly(4, sums, epilogue);
    for (size_t y = 0; y < rows; y++) {
      tile_target target = target_of(epilogue, output->base, output->stride,
                                     pixel + y * output->width, 1, channel, output->channels);
      const vec *line = sums + 2 * y;
      if (columns == 2 && target.first.count >= LANES) {
        finish_whole_tile(2, 1, line, epilogue, &target);
      } else if (columns == 2) {
        finish_tile(2, 1, line, epilogue, &target, 0);
      } else {
        finish_tile(1, 1, line, epilogue, &target, 0);
      }
    }
  }
}

/// The place of the tile behind another.
INLINE tile_place next_place(const ckernels_winograd *winograd, tile_place place) {
  place.x += 2;
  if (place.x < winograd->output.width) return place;
  place.x = 0;
  place.y += 2;
  if (place.y < winograd->output.height) return place;
  place.y = 0;
  place.image += 1;
  return place;
}

static void winograd_of_bytes(
    const ckernels_winograd *shared, size_t first_tile, size_t end_tile, float *scratch) {
  // A copy, which stores into images cannot change, as far as the compiler knows.
  const ckernels_winograd it = *shared;
  const size_t depth = word_depth(it.input.channels), outputs = it.output.channels;
  const size_t patch_stride = (it.block * depth + 4 * LANES) * sizeof(int16_t);
  char *patches = (char *)scratch;
  int32_t *products = (int32_t *)(patches + byte_positions * patch_stride);
  for (size_t start = first_tile; start < end_tile; start += it.block) {
    size_t count = smaller(it.block, end_tile - start);
    tile_place place = place_of(&it, start);
    for (size_t tile = 0; tile < count; tile++, place = next_place(&it, place)) {
      transform_byte_patch(&it, place, patches + tile * depth * sizeof(int16_t), patch_stride);
    }
    for (size_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
      size_t vectors = panel_vectors(first, outputs);
      size_t product_stride = position_stride(it.block, vectors * LANES);
      multiply_byte_patches(
          &it, patches, patch_stride, count, first, vectors, products, product_stride);
      place = place_of(&it, start);
      for (size_t tile = 0; tile < count; tile++, place = next_place(&it, place)) {
        finish_byte_patch(
            &it, place, products + tile * vectors * LANES, product_stride, first, vectors);
      }
    }
  }
}

#endif
