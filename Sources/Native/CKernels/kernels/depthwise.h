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

/// Some channels of an input pixel, without what its bytes are scaled by.
INLINE vec depthwise_input(
    const char *pixel, const ckernels_quantization *how, size_t channel, size_t count,
    const int whole) {
  if (how->scale == 0) {
    const float *from = (const float *)pixel + channel;
    return whole ? load(from) : load_some(from, count);
  }
  return load_bytes((const uint8_t *)pixel + channel, whole ? LANES : count) - how->zero;
}

/// The sums of `pixels` neighbours for some channels. `inside`: all windows lie between the left and the
/// right border.
INLINE void sum_depthwise(
    const int pixels, const int inside, const int whole, const depthwise_row *row, size_t x,
    size_t channel, size_t count, vec *sums) {
  const ckernels_depthwise *it = row->convolution;
  UNROLL for (int i = 0; i < pixels; i++) sums[i] = 0;
  for (size_t ky = 0; ky < it->kernel_height; ky++) {
    if (!row->rows[ky]) continue;
    const float *weights = it->weights + ky * it->kernel_width * it->weights_stride + channel;
    ptrdiff_t column = (ptrdiff_t)(x * it->step_x) - (ptrdiff_t)it->left;
    for (size_t kx = 0; kx < it->kernel_width; kx++) {
      vec weight = whole ? load(weights) : load_some(weights, count);
      UNROLL for (int i = 0; i < pixels; i++) {
        ptrdiff_t place = column + (ptrdiff_t)((size_t)i * it->step_x);
        if (!inside && (place < 0 || place >= (ptrdiff_t)it->input.width)) continue;
        const char *pixel = row->rows[ky] + place * (ptrdiff_t)row->step;
        sums[i] += weight * depthwise_input(pixel, &it->quantization, channel, count, whole);
      }
      weights += it->weights_stride;
      column += (ptrdiff_t)it->dilation_x;
    }
  }
  if (it->quantization.scale == 0) return;
  UNROLL for (int i = 0; i < pixels; i++) sums[i] *= it->quantization.scale;
}

/// Computes some channels of `pixels` neighbours.
INLINE void run_depthwise(
    const int pixels, const int inside, const int whole, const depthwise_row *row, size_t x,
    size_t channel) {
  const ckernels_depthwise *it = row->convolution;
  const ckernels_epilogue *epilogue = &it->epilogue;
  size_t count = smaller(LANES, it->output.channels - channel);
  vec sums[depthwise_pixels];
  sum_depthwise(pixels, inside, whole, row, x, channel, count, sums);
  UNROLL for (int i = 0; i < pixels; i++) sums[i] = activated(sums[i], epilogue, channel);
  activate_slowly(pixels, sums, epilogue);
  UNROLL for (int i = 0; i < pixels; i++) {
    size_t pixel = row->first_output + x + (size_t)i;
    destination to = {
        .output = (char *)it->output.base +
                  (pixel * it->output.stride + channel) * element_size(epilogue->result),
        .addend = place_in(&epilogue->addend, pixel, channel),
        .factor = place_in(&epilogue->factor, pixel, channel),
        .channel = channel,
        .count = count,
    };
    finish(sums[i], epilogue, to, whole);
  }
}

/// All channels of `pixels` neighbours.
INLINE void run_depthwise_channels(
    const int pixels, const int inside, const depthwise_row *row, size_t x) {
  size_t channels = row->convolution->output.channels, channel = 0;
  for (; channel + LANES <= channels; channel += LANES) {
    run_depthwise(pixels, inside, 1, row, x, channel);
  }
  if (channel < channels) run_depthwise(pixels, inside, 0, row, x, channel);
}

/// Whether the windows of `pixels` neighbours lie between the left and the right border.
INLINE int lies_inside(const ckernels_depthwise *it, size_t x, size_t pixels) {
  size_t end = (x + pixels - 1) * it->step_x + (it->kernel_width - 1) * it->dilation_x;
  return x * it->step_x >= it->left && end < it->input.width + it->left;
}

static void convolve_depthwise(
    const ckernels_depthwise *convolution, size_t first_row, size_t end_row) {
  const ckernels_image *input = &convolution->input, *output = &convolution->output;
  const size_t element = element_size(convolution->quantization);
  depthwise_row row = {.convolution = convolution, .step = input->stride * element};
  for (size_t line = first_row; line < end_row; line++) {
    size_t image = line / output->height, y = line % output->height * convolution->step_y;
    row.first_output = line * output->width;
    for (size_t ky = 0; ky < convolution->kernel_height; ky++) {
      size_t source = y + ky * convolution->dilation_y - convolution->top;
      size_t pixel = (image * input->height + source) * input->width;
      // What would be negative is greater than any height.
      row.rows[ky] =
          source < input->height ? (const char *)input->base + pixel * row.step : NULL;
    }
    for (size_t x = 0; x < output->width;) {
      if (x + depthwise_pixels <= output->width && lies_inside(convolution, x, depthwise_pixels)) {
        run_depthwise_channels(depthwise_pixels, 1, &row, x);
        x += depthwise_pixels;
      } else {
        run_depthwise_channels(1, 0, &row, x);
        x += 1;
      }
    }
  }
}

#endif
