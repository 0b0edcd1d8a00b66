// Products of a transposed matrix with another: what a convolution's weights get from its gradient.
//
// A tile of sums stays in registers while some pixels pass by: for each, a few of its inputs are multiplied
// with vectors of its gradients.
#ifndef LIDARSEG_CKERNELS_TRANSPOSED_PRODUCT_H
#define LIDARSEG_CKERNELS_TRANSPOSED_PRODUCT_H

#include "tile.h"

/// Pixels that pass by at once: their gradients stay in the first cache for all tiles of a panel.
enum { pixels_at_once = 64 };

/// Adds to a tile of `inputs` rows and `vectors` vectors; `whole`: all lanes are outputs.
INLINE void add_to_tile(
    const int inputs, const int vectors, const int whole, const ckernels_transposed_product *product,
    size_t pixel, size_t end, size_t row, size_t column) {
  vec sums[24];
  float *target = product->sum + row * product->sum_stride + column;
  size_t left = product->outputs - column;
#define LANES_LEFT(v) (left > (v) * LANES ? left - (v) * LANES : 0)
#define LOADED(from, v) (whole ? load((from) + (v) * LANES) : load_some((from) + (v) * LANES, LANES_LEFT(v)))
  UNROLL for (int i = 0; i < inputs; i++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      sums[i * vectors + v] = LOADED(target + (size_t)i * product->sum_stride, (size_t)v);
    }
  }
  const float *input = product->input + pixel * product->input_stride + row;
  const float *gradient = product->gradient + pixel * product->gradient_stride + column;
  for (; pixel < end; pixel++) {
    vec given[4];
    UNROLL for (int v = 0; v < vectors; v++) given[v] = LOADED(gradient, (size_t)v);
    UNROLL for (int i = 0; i < inputs; i++) {
      vec value = (vec)(input[i]);
      UNROLL for (int v = 0; v < vectors; v++) sums[i * vectors + v] += value * given[v];
    }
    input += product->input_stride;
    gradient += product->gradient_stride;
  }
#undef LOADED
  UNROLL for (int i = 0; i < inputs; i++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      float *to = target + (size_t)i * product->sum_stride + (size_t)v * LANES;
      if (whole) {
        store(to, sums[i * vectors + v]);
      } else {
        store_some(to, sums[i * vectors + v], LANES_LEFT((size_t)v));
      }
    }
  }
#undef LANES_LEFT
}

/// The inputs of a tile: few enough that all sums stay in registers.
#define TILE_INPUTS(vectors) (ACCUMULATORS / (vectors) > 8 ? 8 : ACCUMULATORS / (vectors))

INLINE void add_to_panel(
    const int vectors, const int whole, const ckernels_transposed_product *product, size_t pixel,
    size_t end, size_t column) {
  size_t row = 0;
  for (; row + TILE_INPUTS(vectors) <= product->inputs; row += TILE_INPUTS(vectors)) {
    add_to_tile(TILE_INPUTS(vectors), vectors, whole, product, pixel, end, row, column);
  }
  for (; row < product->inputs; row++) {
    add_to_tile(1, vectors, whole, product, pixel, end, row, column);
  }
}

static void add_transposed_product(const ckernels_transposed_product *product) {
  for (size_t pixel = 0; pixel < product->pixels; pixel += pixels_at_once) {
    size_t end = smaller(pixel + pixels_at_once, product->pixels);
    for (size_t column = 0; column < product->outputs; column += PANEL_VECTORS * LANES) {
      size_t vectors = panel_vectors(column, product->outputs);
      int whole = product->outputs - column >= vectors * LANES;
      if (!whole) {
        for (size_t v = 0; v < vectors; v++) {
          add_to_panel(1, 0, product, pixel, end, column + v * LANES);
        }
      } else if (vectors == 1) {
        add_to_panel(1, 1, product, pixel, end, column);
      } else if (vectors == 2) {
        add_to_panel(2, 1, product, pixel, end, column);
#if PANEL_VECTORS > 2
      } else if (vectors == 3) {
        add_to_panel(3, 1, product, pixel, end, column);
      } else {
        add_to_panel(4, 1, product, pixel, end, column);
#endif
      }
    }
  }
}

#endif
