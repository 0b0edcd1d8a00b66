// Products of pixels with a packed matrix.
#ifndef LIDARSEG_CKERNELS_PRODUCT_H
#define LIDARSEG_CKERNELS_PRODUCT_H

#include "narrow.h"

static size_t padded_count(size_t channels) { return rounded_up(channels, LANES); }

static size_t packed_count(size_t rows, size_t columns) { return rows * padded_count(columns); }

/// Panel by panel, each row of a panel padded with zeros to whole vectors.
static void pack(
    const float *matrix, size_t stride, size_t rows, size_t columns, float *packed) {
  for (size_t first = 0; first < columns; first += PANEL_VECTORS * LANES) {
    size_t width = panel_vectors(first, columns) * LANES;
    size_t used = smaller(width, columns - first);
    for (size_t row = 0; row < rows; row++, packed += width) {
      memcpy(packed, matrix + row * stride + first, used * sizeof(float));
      memset(packed + used, 0, (width - used) * sizeof(float));
    }
  }
}

/// Where an output of a pixel lies in a second image, if there is one.
INLINE const char *place_in(const ckernels_pixels *pixels, size_t pixel, size_t channel) {
  if (!pixels->base) return NULL;
  return (const char *)pixels->base +
         (pixel * pixels->stride + channel) * element_size(pixels->quantization);
}

/// The target of the outputs from `first` on, of the pixels from `pixel` on, `step` pixels apart.
INLINE tile_target target_of(
    const ckernels_epilogue *epilogue, void *output, size_t output_stride, size_t pixel, size_t step,
    size_t first, size_t outputs) {
  size_t size = element_size(epilogue->result);
  const ckernels_pixels *addend = &epilogue->addend, *factor = &epilogue->factor;
  return (tile_target){
      .first =
          {
              .output = (char *)output + (pixel * output_stride + first) * size,
              .addend = place_in(addend, pixel, first),
              .factor = place_in(factor, pixel, first),
              .channel = first,
              .count = outputs - first,
          },
      .output_step = output_stride * step * size,
      .addend_step = addend->stride * step * element_size(addend->quantization),
      .factor_step = factor->stride * step * element_size(factor->quantization),
  };
}

static void multiply(const ckernels_product *product, size_t first_pixel, size_t end_pixel) {
  const float *weights = product->weights;
  for (size_t first = 0; first < product->outputs; first += PANEL_VECTORS * LANES) {
    size_t vectors = panel_vectors(first, product->outputs);
    for (size_t pixel = first_pixel; pixel < end_pixel;) {
      size_t pixels = next_tile(end_pixel - pixel, vectors);
      tile_source source = {
          .segments = {(const char *)(product->input + pixel * product->input_stride)},
          .segment_count = 1,
          .depths = {product->inputs},
          .step = product->input_stride * sizeof(float),
          .weights = weights,
      };
      tile_target target = target_of(
          &product->epilogue, product->output, product->output_stride, pixel, 1, first,
          product->outputs);
      tiles[vectors - 1][pixels - 1](&source, &product->epilogue, &target);
      pixel += pixels;
    }
    weights += product->inputs * vectors * LANES;
  }
}

#endif
