// Maxima over windows with the place of each, and the way back from the maxima to their places.
#ifndef LIDARSEG_CKERNELS_PLACED_POOLING_H
#define LIDARSEG_CKERNELS_PLACED_POOLING_H

#include "../include/ckernels.h"
#include "vector.h"

/// A row's maxima and, `row_count` floats behind them, the columns of these in their windows.
static size_t row_count(const ckernels_pooling *pooling) {
  return pooling->output.width * pooling->output.channels / 2;
}

static size_t placed_pooling_scratch_count(const ckernels_pooling *pooling) {
  return 2 * pooling->kernel_height * row_count(pooling);
}

#define SOME(from) (whole ? load(from) : load_some(from, left))
#define PUT(to, value)               \
  do {                               \
    if (whole) {                     \
      store(to, value);              \
    } else {                         \
      store_some(to, value, left);   \
    }                                \
  } while (0)

/// The first greatest of `count` vectors, `step` floats apart, the first of which is number `number`.
INLINE void write_greatest(
    const int whole, const float *from, size_t step, size_t count, float number, size_t left,
    float *maximum, float *place) {
  vec greatest = SOME(from), found = (vec)(number);
  for (size_t k = 1; k < count; k++) {
    vec value = SOME(from + k * step);
    number += 1;
    found = value > greatest ? (vec)(number) : found;
    greatest = value > greatest ? value : greatest;
  }
  PUT(maximum, greatest);
  PUT(place, found);
}

static void place_along(const ckernels_pooling *pooling, size_t source, float *maxima) {
  const ckernels_image *input = &pooling->input;
  size_t channels = input->channels;
  const float *row = (const float *)input->base + source * input->width * input->stride;
  float *places = maxima + row_count(pooling);
  for (size_t x = 0; x < pooling->output.width; x++) {
    ptrdiff_t start = (ptrdiff_t)(x * pooling->step_x) - (ptrdiff_t)pooling->left;
    size_t first = start < 0 ? 0 : (size_t)start;
    size_t end = smaller(input->width, (size_t)(start + (ptrdiff_t)pooling->kernel_width));
    float number = (float)((ptrdiff_t)first - start);
    for (size_t i = 0; i < channels; i += LANES) {
      const float *from = row + first * input->stride + i;
      float *maximum = maxima + x * channels + i, *place = places + x * channels + i;
      size_t left = channels - i;
      if (left >= LANES) {
        write_greatest(1, from, input->stride, end - first, number, left, maximum, place);
      } else {
        write_greatest(0, from, input->stride, end - first, number, left, maximum, place);
      }
    }
  }
}

/// The first greatest of rows' maxima, with its place in the window.
INLINE void write_placed(
    const int whole, const float *const *rows, size_t count, size_t first, size_t places,
    size_t offset, float kernel_width, size_t left, float *maximum, float *place) {
  vec greatest = SOME(rows[0] + offset);
  vec found = SOME(rows[0] + places + offset) + (float)first * kernel_width;
  for (size_t k = 1; k < count; k++) {
    vec value = SOME(rows[k] + offset);
    vec number = SOME(rows[k] + places + offset) + (float)(first + k) * kernel_width;
    found = value > greatest ? number : found;
    greatest = value > greatest ? value : greatest;
  }
  PUT(maximum, greatest);
  PUT(place, found);
}

/// Computes some rows of the output; `scratch` keeps the maxima of as many rows as a window has.
static void pool_with_places(
    const ckernels_pooling *pooling, size_t first_row, size_t end_row, float *scratch) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  size_t channels = input->channels, places = row_count(pooling);
  // The first row that no part of the scratch memory holds yet.
  size_t held = 0;
  for (size_t row = first_row; row < end_row; row++) {
    size_t image = row / output->height;
    ptrdiff_t start =
        (ptrdiff_t)(row % output->height * pooling->step_y) - (ptrdiff_t)pooling->top;
    size_t first = start < 0 ? 0 : (size_t)start;
    size_t end = smaller(input->height, (size_t)(start + (ptrdiff_t)pooling->kernel_height));
    const float *rows[ckernels_largest_kernel_height];
    for (size_t y = first; y < end; y++) {
      size_t source = image * input->height + y;
      float *maxima = scratch + 2 * (source % pooling->kernel_height) * places;
      if (source >= held) {
        place_along(pooling, source, maxima);
        held = source + 1;
      }
      rows[y - first] = maxima;
    }
    float *result = (float *)output->base + row * output->width * output->stride;
    size_t number = (size_t)((ptrdiff_t)first - start);
    float kernel_width = (float)pooling->kernel_width;
    for (size_t x = 0; x < output->width; x++, result += output->stride) {
      for (size_t i = 0; i < channels; i += LANES) {
        size_t left = channels - i, offset = x * channels + i;
        float *to = result + i;
        if (left >= LANES) {
          write_placed(
              1, rows, end - first, number, places, offset, kernel_width, left, to, to + channels);
        } else {
          write_placed(
              0, rows, end - first, number, places, offset, kernel_width, left, to, to + channels);
        }
      }
    }
  }
}

/// The windows of one dimension that cover an element, and the place that it has in the first of them.
typedef struct {
  size_t first;
  size_t end;
  size_t place;
} covering;

INLINE covering covering_windows(
    size_t position, size_t kernel, size_t step, size_t before, size_t windows) {
  size_t padded = position + before;
  size_t first = padded < kernel ? 0 : divided_up(padded - kernel + 1, step);
  size_t end = smaller(padded / step + 1, windows);
  return (covering){.first = first, .end = end, .place = first < end ? padded - first * step : 0};
}

static size_t unpooling_scratch_count(const ckernels_unpooling *unpooling) {
  return 2 * unpooling->gradient.width * unpooling->gradient.channels;
}

/// What one row of the output gets from a column of windows: the gradients of the maxima that lie in the
/// row, and where along it. That is one place for all windows of a column: the row's first greatest.
INLINE void sum_column(
    const int whole, const ckernels_unpooling *unpooling, covering rows, const float *gradient,
    const float *places, size_t left, float *sums, float *columns) {
  size_t width = unpooling->gradient.width;
  float kernel_width = (float)unpooling->kernel_width;
  float number = (float)(rows.place * unpooling->kernel_width);
  vec sum = 0, found = (vec)(-1.0f);
  for (size_t row = rows.first; row < rows.end; row++) {
    vec column = SOME(places + row * width * unpooling->places_stride) - number;
    ivec lies = (column >= 0) & (column < kernel_width);
    sum += lies ? SOME(gradient + row * width * unpooling->gradient.stride) : (vec)(0);
    found = lies ? column : found;
    number -= (float)unpooling->step_y * kernel_width;
  }
  PUT(sums, sum);
  PUT(columns, found);
}

/// What one element gets from the columns of windows that cover it.
INLINE void sum_along(
    const int whole, const ckernels_unpooling *unpooling, covering columns, const float *sums,
    const float *places, size_t left, float *to) {
  size_t channels = unpooling->gradient.channels;
  float number = (float)columns.place;
  vec sum = 0;
  for (size_t column = columns.first; column < columns.end; column++) {
    vec given = SOME(sums + column * channels);
    sum += SOME(places + column * channels) == number ? given : (vec)(0);
    number -= (float)unpooling->step_x;
  }
  PUT(to, sum);
}

/// Computes some rows of the output, counted through all images: first down the columns of windows, then
/// along the row.
static void unpool(
    const ckernels_unpooling *unpooling, size_t first_row, size_t end_row, float *scratch) {
  const ckernels_image *gradient = &unpooling->gradient, *output = &unpooling->output;
  size_t channels = output->channels, width = gradient->width;
  float *sums = scratch, *found = scratch + width * channels;
  for (size_t row = first_row; row < end_row; row++) {
    size_t image = row / output->height * gradient->height * width;
    const float *given = (const float *)gradient->base + image * gradient->stride;
    const float *places = unpooling->places + image * unpooling->places_stride;
    covering rows = covering_windows(
        row % output->height, unpooling->kernel_height, unpooling->step_y, unpooling->top,
        gradient->height);
    for (size_t x = 0; x < width; x++) {
      for (size_t i = 0; i < channels; i += LANES) {
        const float *from = given + x * gradient->stride + i;
        const float *place = places + x * unpooling->places_stride + i;
        size_t left = channels - i, at = x * channels + i;
        if (left >= LANES) {
          sum_column(1, unpooling, rows, from, place, left, sums + at, found + at);
        } else {
          sum_column(0, unpooling, rows, from, place, left, sums + at, found + at);
        }
      }
    }
    float *to = (float *)output->base + row * output->width * output->stride;
    for (size_t x = 0; x < output->width; x++, to += output->stride) {
      covering columns = covering_windows(
          x, unpooling->kernel_width, unpooling->step_x, unpooling->left, width);
      for (size_t i = 0; i < channels; i += LANES) {
        size_t left = channels - i;
        if (left >= LANES) {
          sum_along(1, unpooling, columns, sums + i, found + i, left, to + i);
        } else {
          sum_along(0, unpooling, columns, sums + i, found + i, left, to + i);
        }
      }
    }
  }
}

#undef PUT
#undef SOME

#endif
