// Convolutions by rows: the rows under a window are copied once, padded, so that the pixels of each of
// the window's rows are adjacent and a tile can sum them up where they lie.
#ifndef LIDARSEG_CKERNELS_CONVOLUTION_H
#define LIDARSEG_CKERNELS_CONVOLUTION_H

#include "product.h"

/// Pixels of a padded row.
INLINE size_t padded_width(const ckernels_convolution *convolution) {
  return (convolution->columns - 1) * convolution->step_x + convolution->kernel_width;
}

/// Bytes of memory of a pixel of a padded row.
INLINE size_t padded_pixel_size(const ckernels_convolution *convolution) {
  size_t channels = convolution->input.channels;
  return convolution->rescale ? widened_size(channels) : channels * sizeof(float);
}

/// Bytes of memory of a padded row, in whole floats.
INLINE size_t padded_row_size(const ckernels_convolution *convolution) {
  return rounded_up(padded_width(convolution) * padded_pixel_size(convolution), sizeof(float));
}

static size_t convolution_scratch_count(const ckernels_convolution *convolution) {
  return convolution->kernel_height * padded_row_size(convolution) / sizeof(float);
}

/// Copies pixels of floats that exist.
INLINE void copy_pixels(
    const ckernels_image *input, size_t first, size_t count, float *to) {
  const float *from = (const float *)input->base + first * input->stride;
  if (input->stride == input->channels) {
    memcpy(to, from, count * input->channels * sizeof(float));
    return;
  }
  for (size_t i = 0; i < count; i++) {
    memcpy(to + i * input->channels, from + i * input->stride, input->channels * sizeof(float));
  }
}

/// Widens pixels of bytes that exist.
INLINE void widen_pixels(
    const ckernels_image *input, size_t first, size_t count, wide_input *to) {
  const uint8_t *from = (const uint8_t *)input->base + first * input->stride;
  if (input->stride == input->channels && input->channels % dot_group == 0) {
    widen(from, count * input->channels, to);
    return;
  }
  size_t width = rounded_up(input->channels, dot_group);
  for (size_t i = 0; i < count; i++) {
    widen(from + i * input->stride, input->channels, to + i * width);
  }
}

/// Fills pixels beyond the border.
INLINE void pad_pixels(const ckernels_convolution *convolution, size_t count, char *to) {
  size_t size = count * padded_pixel_size(convolution);
  if (!convolution->rescale) {
    memset(to, 0, size);
  } else {
    wide_input *wide = (wide_input *)to;
    for (size_t i = 0; i < size / sizeof(wide_input); i++) wide[i] = convolution->padding;
  }
}

/// Copies a row of one image, or the border where there is none.
static void copy_padded_row(
    const ckernels_convolution *convolution, size_t image, ptrdiff_t row, char *to) {
  const ckernels_image *input = &convolution->input;
  ptrdiff_t width = (ptrdiff_t)padded_width(convolution), left = convolution->left;
  if (row < 0 || row >= (ptrdiff_t)input->height) {
    pad_pixels(convolution, (size_t)width, to);
    return;
  }
  // The columns of the image from `first` to `end` are under the padded row.
  ptrdiff_t first = left < 0 ? -left : 0, end = width - left;
  if (end > (ptrdiff_t)input->width) end = (ptrdiff_t)input->width;
  if (end < first) end = first;
  size_t size = padded_pixel_size(convolution);
  size_t before = (size_t)(first + left), count = (size_t)(end - first);
  if (before > (size_t)width) before = (size_t)width;
  pad_pixels(convolution, before, to);
  to += before * size;
  size_t pixel = (image * input->height + (size_t)row) * input->width + (size_t)first;
  if (convolution->rescale) {
    widen_pixels(input, pixel, count, (wide_input *)to);
  } else {
    copy_pixels(input, pixel, count, (float *)to);
  }
  pad_pixels(convolution, (size_t)width - before - count, to + count * size);
}

/// The segments of a row's first pixel: the rows of its window, or the groups of channels of a shift.
INLINE tile_source segments_of(
    const ckernels_convolution *convolution, const char *const *window, size_t pixel_size) {
  const int bytes = convolution->rescale != NULL;
  const size_t unit = bytes ? dot_group : 1;
  tile_source source = {.step = convolution->step_x * pixel_size};
  if (!convolution->groups) {
    source.segment_count = convolution->kernel_height;
    for (size_t ky = 0; ky < convolution->kernel_height; ky++) {
      source.segments[ky] = window[ky];
      source.depths[ky] =
          convolution->kernel_width * divided_up(convolution->input.channels, unit);
    }
    return source;
  }
  const size_t element = bytes ? sizeof(wide_input) : sizeof(float);
  source.segment_count = convolution->group_count;
  for (size_t i = 0; i < convolution->group_count; i++) {
    const ckernels_shift_group *group = &convolution->groups[i];
    source.segments[i] = window[1 + group->rows] + (size_t)(1 + group->columns) * pixel_size +
                         group->first * element;
    source.depths[i] = divided_up(group->count, unit);
  }
  return source;
}

/// Computes one row from the rows of its window, whose pixels are `pixel_size` bytes of memory apart.
static void convolve_row(
    const ckernels_convolution *convolution, size_t row, const char *const *window,
    size_t pixel_size) {
  const int bytes = convolution->rescale != NULL;
  size_t outputs = convolution->output.channels, channels = convolution->input.channels;
  const tile_source start = segments_of(convolution, window, pixel_size);
  size_t depth = 0;
  for (size_t i = 0; i < start.segment_count; i++) depth += start.depths[i];
  const char *weights = convolution->weights;
  for (size_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
    size_t vectors = panel_vectors(first, outputs);
    tile_source source = start;
    source.weights = weights;
    source.rescale = convolution->rescale;
    source.offset = convolution->offset;
    tile_function *const *functions = bytes ? byte_tiles[vectors - 1] : tiles[vectors - 1];
    if (bytes && is_narrow(divided_up(channels, dot_group), outputs)) {
      functions = narrow_byte_tiles;
    }
    for (size_t x = 0; x < convolution->columns;) {
      size_t pixels = next_tile(convolution->columns - x, vectors);
      for (size_t i = 0; i < start.segment_count; i++) {
        source.segments[i] = start.segments[i] + x * source.step;
      }
      size_t pixel = row * convolution->output.width + convolution->first_column +
                     x * convolution->column_step;
      tile_target target = target_of(
          &convolution->epilogue, convolution->output.base, convolution->output.stride, pixel,
          convolution->column_step, first, outputs);
      functions[pixels - 1](&source, &convolution->epilogue, &target);
      x += pixels;
    }
    weights += depth * vectors * sizeof(vec);
  }
}

/// Whether pixels can be multiplied where they lie: windows of one pixel over bytes in whole groups.
INLINE int reads_in_place(const ckernels_convolution *convolution) {
  return convolution->rescale && sizeof(wide_input) == 1 && convolution->kernel_height == 1 &&
         convolution->kernel_width == 1 && convolution->input.channels % dot_group == 0;
}

/// Computes some rows of a convolution whose windows are one pixel.
static void convolve_in_place(
    const ckernels_convolution *convolution, size_t first_row, size_t end_row) {
  const ckernels_image *input = &convolution->input;
  for (size_t row = first_row; row < end_row; row++) {
    size_t image = row / convolution->output.height, y = row % convolution->output.height;
    size_t pixel = (image * input->height + y * convolution->step_y) * input->width;
    const char *window = (const char *)input->base + pixel * input->stride;
    convolve_row(convolution, row, &window, input->stride);
  }
}

static void convolve(
    const ckernels_convolution *convolution, size_t first_row, size_t end_row, float *scratch) {
  if (reads_in_place(convolution)) {
    convolve_in_place(convolution, first_row, end_row);
    return;
  }
  size_t kernel_height = convolution->kernel_height, size = padded_row_size(convolution);
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
    const char *window[ckernels_largest_kernel_height];
    for (size_t ky = 0; ky < kernel_height; ky++) {
      ptrdiff_t source = y + (ptrdiff_t)ky;
      char *slot =
          (char *)scratch + (size_t)(source + convolution->top) % kernel_height * size;
      if (source >= next) {
        copy_padded_row(convolution, image, source, slot);
        next = source + 1;
      }
      window[ky] = slot;
    }
    convolve_row(convolution, row, window, padded_pixel_size(convolution));
  }
}

#endif
