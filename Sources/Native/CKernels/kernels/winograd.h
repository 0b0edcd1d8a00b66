// 3 x 3 convolutions by Winograd's minimal filtering: tiles of the input and the weights are
// transformed, multiplied position by position, and transformed back (Lavin and Gray, arXiv
// 1509.09308).
//
// F(2, 3) interpolates at 0, 1, -1 and infinity, F(4, 3) at 0, +-sqrt(1/2), +-sqrt(2) and infinity:
// these points lose about a third of the digits that 0, +-1, +-2 lose.
#ifndef LIDARSEG_CKERNELS_WINOGRAD_H
#define LIDARSEG_CKERNELS_WINOGRAD_H

#include "product.h"

#define ROOT_2 1.41421356237309515f
#define ROOT_HALF 0.707106781186547524f

enum { largest_patch = 6, largest_positions = 36 };

/// Transforms the `outputs + 2` inputs under one axis of a tile, which may be done in place.
INLINE void transform_inputs(const int outputs, const vec *d, const int step, vec *to) {
  vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  if (outputs == 2) {
    to[0] = d0 - d2;
    to[step] = d1 + d2;
    to[2 * step] = d2 - d1;
    to[3 * step] = d1 - d3;
  } else {
    vec d4 = d[4 * step], d5 = d[5 * step];
    vec even = d4 - 2.0f * d2, odd = ROOT_HALF * (d3 - 2.0f * d1);
    vec even2 = d4 - 0.5f * d2, odd2 = ROOT_2 * (d3 - 0.5f * d1);
    to[0] = (d0 + d4) - 2.5f * d2;
    to[step] = even + odd;
    to[2 * step] = even - odd;
    to[3 * step] = even2 + odd2;
    to[4 * step] = even2 - odd2;
    to[5 * step] = (d1 + d5) - 2.5f * d3;
  }
}

/// Transforms products back to the outputs along one axis of a tile.
INLINE void transform_products(
    const int outputs, const vec *m, const int step, vec *to, const int to_step) {
  if (outputs == 2) {
    to[0] = m[0] + m[step] + m[2 * step];
    to[to_step] = m[step] - m[2 * step] - m[3 * step];
  } else {
    vec sum = m[step] + m[2 * step], difference = m[step] - m[2 * step];
    vec sum2 = m[3 * step] + m[4 * step], difference2 = m[3 * step] - m[4 * step];
    to[0] = m[0] + sum + sum2;
    to[to_step] = ROOT_HALF * difference + ROOT_2 * difference2;
    to[2 * to_step] = 0.5f * sum + 2.0f * sum2;
    to[3 * to_step] = 0.5f * ROOT_HALF * difference + 2.0f * ROOT_2 * difference2 + m[5 * step];
  }
}

/// Transforms the three weights along one axis.
static void transform_weights(size_t outputs, const double *g, size_t step, double *to, size_t to_step) {
  double even = g[0] + g[2 * step], odd = g[step];
  if (outputs == 2) {
    to[0] = g[0];
    to[to_step] = (even + odd) / 2;
    to[2 * to_step] = (even - odd) / 2;
    to[3 * to_step] = g[2 * step];
  } else {
    const double root = 1.41421356237309504880;
    double low = g[0] + g[2 * step] / 2, high = g[0] + g[2 * step] * 2;
    to[0] = g[0];
    to[to_step] = (low + odd * root / 2) / -1.5;
    to[2 * to_step] = (low - odd * root / 2) / -1.5;
    to[3 * to_step] = (high + odd * root) / 6;
    to[4 * to_step] = (high - odd * root) / 6;
    to[5 * to_step] = g[2 * step];
  }
}

INLINE size_t position_count(size_t tile_height, size_t tile_width) {
  return (tile_height + 2) * (tile_width + 2);
}

static size_t winograd_packed_count(
    size_t tile_height, size_t tile_width, size_t inputs, size_t outputs) {
  return position_count(tile_height, tile_width) * packed_count(inputs, outputs);
}

static void winograd_pack(
    size_t tile_height, size_t tile_width, const float *weights, size_t stride, size_t inputs,
    size_t outputs, float *packed) {
  size_t rows = tile_height + 2, columns = tile_width + 2;
  size_t matrix = packed_count(inputs, outputs);
  memset(packed, 0, rows * columns * matrix * sizeof(float));
  for (size_t input = 0; input < inputs; input++) {
    for (size_t output = 0; output < outputs; output++) {
      double g[9], half[largest_patch * 3], all[largest_positions];
      for (size_t tap = 0; tap < 9; tap++) g[tap] = weights[(tap * inputs + input) * stride + output];
      for (size_t x = 0; x < 3; x++) transform_weights(tile_height, g + x, 3, half + x, 3);
      for (size_t y = 0; y < rows; y++) {
        transform_weights(tile_width, half + 3 * y, 1, all + columns * y, 1);
      }
      size_t first = output / (PANEL_VECTORS * LANES) * (PANEL_VECTORS * LANES);
      size_t width = is_narrow(inputs, outputs) ? (size_t)narrow_outputs
                                                : panel_vectors(first, outputs) * LANES;
      float *to = packed + first * inputs + input * width + (output - first);
      for (size_t q = 0; q < rows * columns; q++) to[q * matrix] = (float)all[q];
    }
  }
}

/// Floats from one position's transformed inputs, or products, to the next's: not a multiple of what
/// the first cache folds onto the same lines.
INLINE size_t position_stride(size_t block, size_t width) { return block * width + LANES; }

INLINE size_t panel_width(size_t outputs) {
  return panel_vectors(0, outputs) * LANES;
}

static size_t winograd_block(
    size_t tile_height, size_t tile_width, size_t inputs, size_t outputs) {
  size_t bytes = position_count(tile_height, tile_width) *
                 (padded_count(inputs) + panel_width(outputs)) * sizeof(float);
  size_t unit = TILE_PIXELS(panel_vectors(0, outputs));
  return larger(unit, 448 * 1024 / bytes / unit * unit);
}

static size_t winograd_scratch_count(const ckernels_winograd *winograd) {
  size_t inputs = padded_count(winograd->input.channels);
  size_t width = panel_width(winograd->output.channels);
  return position_count(winograd->tile_height, winograd->tile_width) *
             (position_stride(winograd->block, inputs) + position_stride(winograd->block, width)) +
         LANES;
}

/// A tile's place.
typedef struct {
  size_t image;
  size_t y;
  size_t x;
} tile_place;

INLINE tile_place place_of(const ckernels_winograd *winograd, size_t tile) {
  size_t columns = divided_up(winograd->output.width, winograd->tile_width);
  size_t rows = divided_up(winograd->output.height, winograd->tile_height);
  return (tile_place){
      .image = tile / (columns * rows),
      .y = tile / columns % rows * winograd->tile_height,
      .x = tile % columns * winograd->tile_width,
  };
}

/// Transforms the patch under a tile. `inside`: all of it lies in the image, and its channels fill
/// whole vectors.
INLINE void transform_patch(
    const int height, const int width, const ckernels_winograd *winograd, tile_place place,
    float *to, size_t to_stride, const int inside) {
  const int rows = height + 2, columns = width + 2;
  const ckernels_image *input = &winograd->input;
  const float *base =
      (const float *)input->base + place.image * input->height * input->width * input->stride;
  for (size_t channel = 0; channel < input->channels; channel += LANES) {
    vec half[largest_positions];
    for (int y = 0; y < rows; y++) {
      vec line[largest_patch];
      ptrdiff_t row = (ptrdiff_t)place.y + y - 1;
      UNROLL for (int x = 0; x < columns; x++) {
        ptrdiff_t column = (ptrdiff_t)place.x + x - 1;
        ptrdiff_t offset =
            (row * (ptrdiff_t)input->width + column) * (ptrdiff_t)input->stride + (ptrdiff_t)channel;
        if (inside) {
          line[x] = load(base + offset);
        } else if (
            row < 0 || column < 0 || row >= (ptrdiff_t)input->height ||
            column >= (ptrdiff_t)input->width) {
          line[x] = 0;
        } else {
          line[x] = load_some(base + offset, input->channels - channel);
        }
      }
      transform_inputs(width, line, 1, line);
      UNROLL for (int x = 0; x < columns; x++) half[y * columns + x] = line[x];
    }
    for (int x = 0; x < columns; x++) {
      transform_inputs(height, half + x, columns, half + x);
      UNROLL for (int y = 0; y < rows; y++) {
        store(to + (size_t)(y * columns + x) * to_stride + channel, half[y * columns + x]);
      }
    }
  }
}

/// Transforms the products of a tile back and finishes its outputs in one panel.
INLINE void finish_patch(
    const int height, const int width, const ckernels_winograd *winograd, tile_place place,
    const float *products, size_t stride, size_t first, size_t vectors) {
  const int rows = height + 2, columns = width + 2;
  const ckernels_image *output = &winograd->output;
  size_t rows_left = smaller((size_t)height, output->height - place.y);
  size_t columns_left = smaller((size_t)width, output->width - place.x);
  for (size_t v = 0; v < vectors && first + v * LANES < output->channels; v++) {
    // Asked for now, what is written and added last is there when the sums are done.
    for (size_t y = 0; y < rows_left; y++) {
      size_t row = (place.image * output->height + place.y + y) * output->width + place.x;
      for (size_t x = 0; x < columns_left; x++) {
        destination to = target_of(&winograd->epilogue, output->base, output->stride, row + x, 1,
                                   first + v * LANES, output->channels).first;
        __builtin_prefetch(to.output, 1);
        if (to.addend) __builtin_prefetch(to.addend);
      }
    }
    vec half[4 * largest_patch], all[16];
    for (int x = 0; x < columns; x++) {
      vec line[largest_patch];
      UNROLL for (int y = 0; y < rows; y++) {
        line[y] = load(products + (size_t)(y * columns + x) * stride + v * LANES);
      }
      transform_products(height, line, 1, half + x, columns);
    }
    for (int y = 0; y < height; y++) {
      transform_products(width, half + y * columns, 1, all + y * width, 1);
    }
    size_t channel = first + v * LANES;
    UNROLL for (int i = 0; i < height * width; i++) {
      all[i] = activated(all[i], &winograd->epilogue, channel);
    }
    activate_slowly(height * width, all, &winograd->epilogue);
    for (size_t y = 0; y < rows_left; y++) {
      size_t row = (place.image * output->height + place.y + y) * output->width + place.x;
      for (size_t x = 0; x < columns_left; x++) {
        destination to = target_of(&winograd->epilogue, output->base, output->stride, row + x, 1,
                                   channel, output->channels).first;
        if (to.count >= LANES) {
          finish(all[y * (size_t)width + x], &winograd->epilogue, to, 1);
        } else {
          finish(all[y * (size_t)width + x], &winograd->epilogue, to, 0);
        }
      }
    }
  }
}

INLINE void run_winograd(
    const int height, const int width, const ckernels_winograd *winograd, size_t first_tile,
    size_t end_tile, float *scratch) {
  size_t positions = position_count((size_t)height, (size_t)width);
  size_t inputs = winograd->input.channels, outputs = winograd->output.channels;
  size_t input_width = padded_count(inputs);
  size_t input_stride = position_stride(winograd->block, input_width);
  size_t matrix = packed_count(inputs, outputs);
  float *patches = scratch, *products = scratch + positions * input_stride;
  for (size_t start = first_tile; start < end_tile; start += winograd->block) {
    size_t count = smaller(winograd->block, end_tile - start);
    for (size_t tile = 0; tile < count; tile++) {
      tile_place place = place_of(winograd, start + tile);
      float *to = patches + tile * input_width;
      int inside = place.y > 0 && place.x > 0 && inputs % LANES == 0 &&
                   place.y + (size_t)height < winograd->input.height &&
                   place.x + (size_t)width < winograd->input.width;
      if (inside) {
        transform_patch(height, width, winograd, place, to, input_stride, 1);
      } else {
        transform_patch(height, width, winograd, place, to, input_stride, 0);
      }
    }
    for (size_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
      size_t vectors = panel_vectors(first, outputs);
      size_t product_stride = position_stride(winograd->block, vectors * LANES);
      tile_function *const *functions =
          is_narrow(inputs, outputs) ? narrow_plain_tiles : plain_tiles[vectors - 1];
      for (size_t q = 0; q < positions; q++) {
        for (size_t tile = 0; tile < count;) {
          size_t tiles_now = next_tile(count - tile, vectors);
          tile_source source = {
              .segments = {(const char *)(patches + q * input_stride + tile * input_width)},
              .segment_count = 1,
              .depths = {inputs},
              .step = input_width * sizeof(float),
              .weights = (const float *)winograd->weights + q * matrix + first * inputs,
          };
          tile_target target = {
              .first.output =
                  (char *)(products + q * product_stride + tile * vectors * LANES)};
          functions[tiles_now - 1](&source, NULL, &target);
          tile += tiles_now;
        }
      }
      for (size_t tile = 0; tile < count; tile++) {
        finish_patch(
            height, width, winograd, place_of(winograd, start + tile),
            products + tile * vectors * LANES, product_stride, first, vectors);
      }
    }
  }
}

static void winograd(
    const ckernels_winograd *winograd, size_t first_tile, size_t end_tile, float *scratch) {
  if (winograd->tile_height == 4 && winograd->tile_width == 4) {
    run_winograd(4, 4, winograd, first_tile, end_tile, scratch);
  } else if (winograd->tile_height == 2 && winograd->tile_width == 4) {
    run_winograd(2, 4, winograd, first_tile, end_tile, scratch);
  } else if (winograd->tile_height == 4) {
    run_winograd(4, 2, winograd, first_tile, end_tile, scratch);
  } else {
    run_winograd(2, 2, winograd, first_tile, end_tile, scratch);
  }
}

#endif
