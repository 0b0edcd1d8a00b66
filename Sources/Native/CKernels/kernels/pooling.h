// Maxima over windows: first down the columns, then along the row by doubling the reach.
#ifndef LIDARSEG_CKERNELS_POOLING_H
#define LIDARSEG_CKERNELS_POOLING_H

#include "../include/ckernels.h"
#include "vector.h"

#include <math.h>

/// Pixels of a row with the padding that its windows reach.
INLINE size_t pooling_width(const ckernels_pooling *pooling) {
  size_t reach = (pooling->output.width - 1) * pooling->step_x + pooling->kernel_width;
  return larger(reach, pooling->left + pooling->input.width);
}

static size_t pooling_scratch_count(const ckernels_pooling *pooling) {
  return pooling_width(pooling) * pooling->input.channels;
}

INLINE void fill(float *to, float value, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = value;
}

/// The maxima of some rows, `step` floats apart, element by element.
INLINE void lower_rows(const float *top, size_t step, size_t rows, size_t count, float *to) {
  for (size_t i = 0; i < count; i += LANES) {
    size_t left = count - i;
    if (left >= LANES) {
      vec value = load(top + i);
      for (size_t row = 1; row < rows; row++) value = maximum(load(top + row * step + i), value);
      store(to + i, value);
    } else {
      vec value = load_some(top + i, left);
      for (size_t row = 1; row < rows; row++) {
        value = maximum(load_some(top + row * step + i, left), value);
      }
      store_some(to + i, value, left);
    }
  }
}

/// Each element becomes the greater of itself and that `distance` behind it.
INLINE void raise_to(float *values, size_t distance, size_t count) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    store(values + i, maximum(load(values + i + distance), load(values + i)));
  }
  for (; i < count; i++) {
    if (values[i + distance] > values[i]) values[i] = values[i + distance];
  }
}

/// The greater of each pair.
INLINE void write_greater(const float *a, const float *b, size_t count, float *to) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) store(to + i, maximum(load(b + i), load(a + i)));
  for (; i < count; i++) to[i] = b[i] > a[i] ? b[i] : a[i];
}

static void pool_row(const ckernels_pooling *pooling, size_t row, float *padded) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  size_t channels = input->channels, length = input->width * channels;
  size_t total = pooling_scratch_count(pooling), before = pooling->left * channels;
  ptrdiff_t y = (ptrdiff_t)(row % output->height * pooling->step_y) - (ptrdiff_t)pooling->top;
  size_t first = y < 0 ? 0 : (size_t)y;
  size_t end = smaller(input->height, (size_t)(y + (ptrdiff_t)pooling->kernel_height));
  const float *top = input->base +
                     (row / output->height * input->height + first) * input->width * input->stride;
  size_t step = input->width * input->stride;
  fill(padded, -INFINITY, before);
  fill(padded + before + length, -INFINITY, total - before - length);
  if (input->stride == channels) {
    lower_rows(top, step, end - first, length, padded + before);
  } else {
    for (size_t x = 0; x < input->width; x++) {
      lower_rows(
          top + x * input->stride, step, end - first, channels, padded + before + x * channels);
    }
  }
  size_t reach = 1;
  for (; reach * 2 <= pooling->kernel_width; reach *= 2) {
    // The last pixels keep a shorter reach; no window starts there.
    raise_to(padded, reach * channels, total - reach * channels);
  }
  size_t rest = (pooling->kernel_width - reach) * channels;
  float *to = output->base + row * output->width * output->stride;
  if (output->stride == channels && pooling->step_x == 1) {
    write_greater(padded, padded + rest, output->width * channels, to);
    return;
  }
  for (size_t x = 0; x < output->width; x++) {
    const float *from = padded + x * pooling->step_x * channels;
    write_greater(from, from + rest, channels, to + x * output->stride);
  }
}

static void pool(
    const ckernels_pooling *pooling, size_t first_row, size_t end_row, float *scratch) {
  for (size_t row = first_row; row < end_row; row++) pool_row(pooling, row, scratch);
}

#endif
