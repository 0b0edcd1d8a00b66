// Convolutions by rows: the rows under a window are copied once, padded with zeros, so that the pixels
// of each of the window's rows are adjacent and a tile can sum them up where they lie.
#ifndef LIDARSEG_CKERNELS_CONVOLUTION_H
#define LIDARSEG_CKERNELS_CONVOLUTION_H

#include "product.h"

/// Pixels of a padded row.
INLINE size_t padded_width(const ckernels_convolution *convolution) {
  return (convolution->columns - 1) * convolution->step_x + convolution->kernel_width;
}

static size_t convolution_scratch_count(const ckernels_convolution *convolution) {
  return convolution->kernel_height * padded_width(convolution) * convolution->input.channels;
}

/// Copies a row of one image, or zeros where there is none.
static void copy_padded_row(
    const ckernels_convolution *convolution, size_t image, ptrdiff_t row, float *to) {
  const ckernels_image *input = &convolution->input;
  size_t channels = input->channels, width = padded_width(convolution);
  if (row < 0 || row >= (ptrdiff_t)input->height) {
    memset(to, 0, width * channels * sizeof(float));
    return;
  }
  const float *from = input->base + (image * input->height + (size_t)row) * input->width * input->stride;
  for (size_t x = 0; x < width; x++, to += channels) {
    ptrdiff_t column = (ptrdiff_t)x - convolution->left;
    if (column < 0 || column >= (ptrdiff_t)input->width) {
      memset(to, 0, channels * sizeof(float));
    } else if (input->stride == channels) {
      // All that is left of the row, at once.
      size_t count = smaller(input->width - (size_t)column, width - x);
      memcpy(to, from + (size_t)column * channels, count * channels * sizeof(float));
      to += (count - 1) * channels;
      x += count - 1;
    } else {
      memcpy(to, from + (size_t)column * input->stride, channels * sizeof(float));
    }
  }
}

/// Computes one row from the padded rows of its window.
static void convolve_row(
    const ckernels_convolution *convolution, size_t row, const float *const *window) {
  size_t outputs = convolution->output.channels, channels = convolution->input.channels;
  const float *weights = convolution->weights;
  for (size_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
    size_t vectors = panel_vectors(first, outputs);
    tile_source source = {
        .segment_count = convolution->kernel_height,
        .depth = convolution->kernel_width * channels,
        .step = convolution->step_x * channels,
        .weights = weights,
    };
    for (size_t x = 0; x < convolution->columns;) {
      size_t pixels = next_tile(convolution->columns - x, vectors);
      for (size_t ky = 0; ky < convolution->kernel_height; ky++) {
        source.segments[ky] = window[ky] + x * source.step;
      }
      size_t pixel = row * convolution->output.width + convolution->first_column +
                     x * convolution->column_step;
      tile_target target = target_of(
          &convolution->epilogue, convolution->output.base, convolution->output.stride, pixel,
          convolution->column_step, first, outputs);
      tiles[vectors - 1][pixels - 1](&source, &convolution->epilogue, &target);
      x += pixels;
    }
    weights += convolution->kernel_height * source.depth * vectors * LANES;
  }
}

static void convolve(
    const ckernels_convolution *convolution, size_t first_row, size_t end_row, float *scratch) {
  size_t kernel_height = convolution->kernel_height;
  size_t count = padded_width(convolution) * convolution->input.channels;
  // The rows of the scratch are a ring; `next` is the first row of the image that is not in it.
  size_t image = SIZE_MAX;
  ptrdiff_t next = 0;
  for (size_t row = first_row; row < end_row; row++) {
    ptrdiff_t y = (ptrdiff_t)(row % convolution->output.height * convolution->step_y) -
                  convolution->top;
    if (row / convolution->output.height != image || next < y) {
      image = row / convolution->output.height;
      next = y;
    }
    const float *window[ckernels_largest_kernel_height];
    for (size_t ky = 0; ky < kernel_height; ky++) {
      ptrdiff_t source = y + (ptrdiff_t)ky;
      float *slot = scratch + (size_t)(source + convolution->top) % kernel_height * count;
      if (source >= next) {
        copy_padded_row(convolution, image, source, slot);
        next = source + 1;
      }
      window[ky] = slot;
    }
    convolve_row(convolution, row, window);
  }
}

#endif
