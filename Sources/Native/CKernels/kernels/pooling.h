// Maxima over windows: first down the columns, then along the rows.
//
// Neighbouring windows share most of what they cover, so several are done at once: the elements that
// all of them cover, those before them from the right, and those behind them from the left.
#ifndef LIDARSEG_CKERNELS_POOLING_H
#define LIDARSEG_CKERNELS_POOLING_H

#include "../include/ckernels.h"
#include "vector.h"

#include <math.h>

/// Windows that are done at once, where they move in steps of one.
enum { window_group = 4 };

/// Where to find an element: `from + index * step`, the index held between two bounds. Beyond the
/// border stands the border's own element, which every window that reaches it covers, too.
typedef struct {
  const float *from;
  size_t step;
  ptrdiff_t first;
  ptrdiff_t last;
} element_row;

INLINE vec element(element_row row, ptrdiff_t index, size_t offset, size_t count, const int whole) {
  ptrdiff_t held = index < row.first ? row.first : index > row.last ? row.last : index;
  const float *from = row.from + held * (ptrdiff_t)row.step + offset;
  return whole ? load(from) : load_some(from, count);
}

/// The maxima of `windows` windows of `kernel` elements, the first of which starts at `start`; vector
/// by vector over `count` floats.
INLINE void write_maxima(
    const int windows, element_row row, ptrdiff_t start, ptrdiff_t kernel, size_t count, float *to,
    size_t to_step) {
  for (size_t i = 0; i < count; i += LANES) {
    size_t left = count - i;
    const int whole = left >= LANES;
#define ELEMENT(index) (whole ? element(row, index, i, left, 1) : element(row, index, i, left, 0))
    vec common = ELEMENT(start + windows - 1);
    for (ptrdiff_t k = windows; k < kernel; k++) common = maximum(ELEMENT(start + k), common);
    vec results[window_group];
    UNROLL for (int w = 0; w < windows; w++) results[w] = common;
    if (windows > 1) {
      vec before = ELEMENT(start + windows - 2), behind = ELEMENT(start + kernel);
      UNROLL for (int w = 1; w < windows; w++) {
        results[windows - 1 - w] = maximum(before, results[windows - 1 - w]);
        results[w] = maximum(behind, results[w]);
        if (w + 1 < windows) {
          before = maximum(ELEMENT(start + windows - 2 - w), before);
          behind = maximum(ELEMENT(start + kernel + w), behind);
        }
      }
    }
#undef ELEMENT
    UNROLL for (int w = 0; w < windows; w++) {
      float *target = to + (size_t)w * to_step + i;
      if (whole) {
        store(target, results[w]);
      } else {
        store_some(target, results[w], left);
      }
    }
  }
}

/// The windows that can be done at once: all of them must cover one common element.
INLINE size_t windows_at_once(size_t kernel, size_t step, size_t left) {
  return step == 1 && kernel >= window_group && left >= window_group ? window_group : 1;
}

static size_t pooling_scratch_count(const ckernels_pooling *pooling) {
  return window_group * pooling->input.width * pooling->input.channels;
}

/// Writes the maxima down the columns of some rows, one dense row behind the other.
static void pool_columns(
    const ckernels_pooling *pooling, size_t row, size_t rows, float *to) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  size_t length = input->width * input->channels;
  ptrdiff_t start =
      (ptrdiff_t)(row % output->height * pooling->step_y) - (ptrdiff_t)pooling->top;
  element_row column = {
      .from = input->base + row / output->height * input->height * input->width * input->stride,
      .step = input->width * input->stride,
      .first = 0,
      .last = (ptrdiff_t)input->height - 1,
  };
  int dense = input->stride == input->channels;
  for (size_t x = 0; x < (dense ? 1 : input->width); x++) {
    size_t count = dense ? length : input->channels;
    if (rows == window_group) {
      write_maxima(
          window_group, column, start, (ptrdiff_t)pooling->kernel_height, count, to, length);
    } else {
      write_maxima(1, column, start, (ptrdiff_t)pooling->kernel_height, count, to, length);
    }
    column.from += input->stride;
    to += input->channels;
  }
}

/// Writes the maxima along one dense row to a row of the output.
static void pool_along(const ckernels_pooling *pooling, const float *from, size_t row) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  element_row pixels = {
      .from = from,
      .step = input->channels,
      .first = 0,
      .last = (ptrdiff_t)input->width - 1,
  };
  float *to = output->base + row * output->width * output->stride;
  for (size_t x = 0; x < output->width;) {
    size_t windows = windows_at_once(pooling->kernel_width, pooling->step_x, output->width - x);
    ptrdiff_t start = (ptrdiff_t)(x * pooling->step_x) - (ptrdiff_t)pooling->left;
    ptrdiff_t kernel = (ptrdiff_t)pooling->kernel_width;
    if (windows == window_group) {
      write_maxima(
          window_group, pixels, start, kernel, input->channels, to + x * output->stride,
          output->stride);
    } else {
      write_maxima(
          1, pixels, start, kernel, input->channels, to + x * output->stride, output->stride);
    }
    x += windows;
  }
}

static void pool(
    const ckernels_pooling *pooling, size_t first_row, size_t end_row, float *scratch) {
  size_t height = pooling->output.height;
  for (size_t row = first_row; row < end_row;) {
    size_t left = smaller(end_row - row, height - row % height);
    size_t rows = windows_at_once(pooling->kernel_height, pooling->step_y, left);
    pool_columns(pooling, row, rows, scratch);
    for (size_t i = 0; i < rows; i++) {
      pool_along(
          pooling, scratch + i * pooling->input.width * pooling->input.channels, row + i);
    }
    row += rows;
  }
}

#endif
