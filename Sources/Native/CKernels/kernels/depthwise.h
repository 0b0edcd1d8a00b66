// Convolutions of each channel by itself, where the image lies: a few neighbouring pixels at once share
// the weights that are loaded.
#ifndef LIDARSEG_CKERNELS_DEPTHWISE_H
#define LIDARSEG_CKERNELS_DEPTHWISE_H

#include "product.h"

/// The pixels that are computed at once.
enum { depthwise_pixels = 4 };

/// A row of the output, and the rows of the input under its windows.
typedef struct {
  const ckernels_depthwise *convolution;
  /// The first pixel of the image's row under each of the window's; NULL beyond the border.
  const char *rows[ckernels_largest_kernel_height];
  /// Bytes of memory from one pixel to the next.
  size_t step;
  size_t first_output;
} depthwise_row;

/// How a window's columns lie: anyhow, three of them, or three beside each other that move by one.
enum { any_taps, three_taps, adjacent_taps };

/// Some channels of an input pixel, without what its bytes are scaled by.
INLINE vec depthwise_input(
    const char *pixel, const depthwise_row *row, size_t channel, size_t count, const int whole,
    const int bytes) {
  if (!bytes) {
    const float *from = (const float *)pixel + channel;
    return whole ? load(from) : load_some(from, count);
  }
  vec value = load_bytes((const uint8_t *)pixel + channel, whole ? LANES : count);
  return value - row->convolution->quantization.zero;
}

/// Adds one row of the windows of `pixels` neighbours between the left and the right border, whose columns are
/// adjacent: what windows share is read once.
INLINE void add_adjacent(
    const int pixels, const int whole, const int bytes, const depthwise_row *row, size_t ky,
    size_t x, size_t channel, size_t count, vec *sums) {
  const ckernels_depthwise *it = row->convolution;
  const float *weights = it->weights + ky * 3 * it->weights_stride + channel;
  const char *first = row->rows[ky] + (ptrdiff_t)(x - it->left) * (ptrdiff_t)row->step;
  vec inputs[depthwise_pixels + 2];
  UNROLL for (int i = 0; i < pixels + 2; i++) {
    inputs[i] = depthwise_input(first + (size_t)i * row->step, row, channel, count, whole, bytes);
  }
  UNROLL for (int kx = 0; kx < 3; kx++) {
    const float *tap = weights + (size_t)kx * it->weights_stride;
    vec weight = whole ? load(tap) : load_some(tap, count);
    UNROLL for (int i = 0; i < pixels; i++) sums[i] += weight * inputs[i + kx];
  }
}

/// Adds a tap of the windows of `pixels` neighbours. `inside`: all windows lie between the left and the right
/// border.
INLINE void add_tap(
    const int pixels, const int inside, const int whole, const int bytes, const depthwise_row *row,
    size_t ky, size_t kx, size_t x, size_t channel, size_t count, vec *sums) {
  const ckernels_depthwise *it = row->convolution;
  const float *tap = it->weights + (ky * it->kernel_width + kx) * it->weights_stride + channel;
  vec weight = whole ? load(tap) : load_some(tap, count);
  ptrdiff_t column = (ptrdiff_t)(x * it->step_x + kx * it->dilation_x) - (ptrdiff_t)it->left;
  UNROLL for (int i = 0; i < pixels; i++) {
    ptrdiff_t place = column + (ptrdiff_t)((size_t)i * it->step_x);
    if (!inside && (place < 0 || place >= (ptrdiff_t)it->input.width)) continue;
    const char *pixel = row->rows[ky] + place * (ptrdiff_t)row->step;
    sums[i] += weight * depthwise_input(pixel, row, channel, count, whole, bytes);
  }
}

/// The sums of `pixels` neighbours for some channels.
INLINE void sum_depthwise(
    const int pixels, const int inside, const int whole, const int bytes, const int taps,
    const depthwise_row *row, size_t x, size_t channel, size_t count, vec *sums) {
  const ckernels_depthwise *it = row->convolution;
  UNROLL for (int i = 0; i < pixels; i++) sums[i] = 0;
  for (size_t ky = 0; ky < it->kernel_height; ky++) {
    if (!row->rows[ky]) continue;
    if (inside && taps == adjacent_taps) {
      add_adjacent(pixels, whole, bytes, row, ky, x, channel, count, sums);
    } else if (taps != any_taps) {
      UNROLL for (size_t kx = 0; kx < 3; kx++) {
        add_tap(pixels, inside, whole, bytes, row, ky, kx, x, channel, count, sums);
      }
    } else {
      for (size_t kx = 0; kx < it->kernel_width; kx++) {
        add_tap(pixels, inside, whole, bytes, row, ky, kx, x, channel, count, sums);
      }
    }
  }
  if (!bytes) return;
  UNROLL for (int i = 0; i < pixels; i++) sums[i] *= it->quantization.scale;
}

/// Computes some channels of `pixels` neighbours.
INLINE void run_depthwise(
    const int pixels, const int inside, const int whole, const int bytes, const int taps,
    const depthwise_row *row, size_t x, size_t channel) {
  const ckernels_depthwise *it = row->convolution;
  const ckernels_epilogue *epilogue = &it->epilogue;
  size_t count = smaller(LANES, it->output.channels - channel);
  vec sums[depthwise_pixels];
  sum_depthwise(pixels, inside, whole, bytes, taps, row, x, channel, count, sums);
  UNROLL for (int i = 0; i < pixels; i++) sums[i] = activated(sums[i], epilogue, channel);
  activate_slowly(pixels, sums, epilogue);
  tile_target target = target_of(
      epilogue, it->output.base, it->output.stride, row->first_output + x, 1, channel,
      it->output.channels);
  if (whole) {
    finish_whole_tile(pixels, 1, sums, epilogue, &target);
  } else {
    finish_tile(pixels, 1, sums, epilogue, &target, 0);
  }
}

/// All channels of `pixels` neighbours.
INLINE void run_depthwise_channels(
    const int pixels, const int inside, const int bytes, const int taps, const depthwise_row *row,
    size_t x) {
  size_t channels = row->convolution->output.channels, channel = 0;
  for (; channel + LANES <= channels; channel += LANES) {
    run_depthwise(pixels, inside, 1, bytes, taps, row, x, channel);
  }
  if (channel < channels) run_depthwise(pixels, inside, 0, bytes, taps, row, x, channel);
}

/// Whether the windows of `pixels` neighbours lie between the left and the right border.
INLINE int lies_inside(const ckernels_depthwise *it, size_t x, size_t pixels) {
  size_t end = (x + pixels - 1) * it->step_x + (it->kernel_width - 1) * it->dilation_x;
  return x * it->step_x >= it->left && end < it->input.width + it->left;
}

/// The rows of the input under the windows of a row of the output.
INLINE depthwise_row depthwise_row_at(const ckernels_depthwise *it, size_t line, size_t element) {
  const ckernels_image *input = &it->input;
  depthwise_row row = {.convolution = it, .step = input->stride * element};
  size_t image = line / it->output.height, y = line % it->output.height * it->step_y;
  row.first_output = line * it->output.width;
  for (size_t ky = 0; ky < it->kernel_height; ky++) {
    size_t source = y + ky * it->dilation_y - it->top;
    size_t pixel = (image * input->height + source) * input->width;
    // What would be negative is greater than any height.
    row.rows[ky] = source < input->height ? (const char *)input->base + pixel * row.step : NULL;
  }
  return row;
}

INLINE void convolve_depthwise_rows(
    const int bytes, const int taps, const ckernels_depthwise *convolution, size_t first_row,
    size_t end_row) {
  // A copy, which stores into images cannot change, as far as the compiler knows.
  const ckernels_depthwise it = *convolution;
  for (size_t line = first_row; line < end_row; line++) {
    const depthwise_row row = depthwise_row_at(&it, line, bytes ? 1 : sizeof(float));
    for (size_t x = 0; x < it.output.width;) {
      if (x + depthwise_pixels <= it.output.width && lies_inside(&it, x, depthwise_pixels)) {
        run_depthwise_channels(depthwise_pixels, 1, bytes, taps, &row, x);
        x += depthwise_pixels;
      } else {
        run_depthwise_channels(1, 0, bytes, any_taps, &row, x);
        x += 1;
      }
    }
  }
}

#define DEPTHWISE_ROWS(NAME, BYTES, TAPS)                                                  \
  static void NAME(const ckernels_depthwise *convolution, size_t first_row, size_t end_row) { \
    convolve_depthwise_rows(BYTES, TAPS, convolution, first_row, end_row);                    \
  }
DEPTHWISE_ROWS(depthwise_any_of_floats, 0, any_taps)
DEPTHWISE_ROWS(depthwise_three_of_floats, 0, three_taps)
DEPTHWISE_ROWS(depthwise_adjacent_of_floats, 0, adjacent_taps)
DEPTHWISE_ROWS(depthwise_any_of_bytes, 1, any_taps)
DEPTHWISE_ROWS(depthwise_three_of_bytes, 1, three_taps)
DEPTHWISE_ROWS(depthwise_adjacent_of_bytes, 1, adjacent_taps)

static void convolve_depthwise(
    const ckernels_depthwise *convolution, size_t first_row, size_t end_row) {
  typedef void rows_function(const ckernels_depthwise *, size_t, size_t);
  static rows_function *const functions[2][3] = {
      {depthwise_any_of_floats, depthwise_three_of_floats, depthwise_adjacent_of_floats},
      {depthwise_any_of_bytes, depthwise_three_of_bytes, depthwise_adjacent_of_bytes}};
  int taps = convolution->kernel_width != 3 ? any_taps
             : convolution->step_x == 1 && convolution->dilation_x == 1 ? adjacent_taps
                                                                         : three_taps;
  functions[convolution->quantization.scale != 0][taps](convolution, first_row, end_row);
}

#endif
