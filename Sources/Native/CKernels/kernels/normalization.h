// Batch normalisation by a batch's own moments, there and back: image by image as fast as memory gives them.
#ifndef LIDARSEG_CKERNELS_NORMALIZATION_H
#define LIDARSEG_CKERNELS_NORMALIZATION_H

#include "../include/ckernels.h"
#include "vector.h"

/// Vectors of channels whose constants stay in registers while the pixels pass by.
enum { channel_vectors = 4 };

#define SOME(from, count) (whole ? load(from) : load_some(from, count))

/// What a normalisation gives before what follows it. Computed alike on the way back, so that a ReLU is
/// open there exactly where it was.
INLINE vec normalized(vec distance, vec scale, vec shift) { return distance * scale + shift; }

/// Calls `body(vectors, whole, channel)` for blocks of channels.
#define FOR_EACH_BLOCK(channels, body)                                                      \
  do {                                                                                      \
    size_t channel = 0;                                                                     \
    for (; channel + channel_vectors * LANES <= (channels); channel += channel_vectors * LANES) { \
      body(channel_vectors, 1, channel);                                                    \
    }                                                                                       \
    for (; channel + LANES <= (channels); channel += LANES) body(1, 1, channel);            \
    if (channel < (channels)) body(1, 0, channel);                                          \
  } while (0)

INLINE void normalize_block(
    const int vectors, const int whole, const ckernels_normalization *n, size_t channel,
    size_t first, size_t end) {
  size_t left = n->channels - channel;
  vec mean[channel_vectors], scale[channel_vectors], shift[channel_vectors];
  UNROLL for (int v = 0; v < vectors; v++) {
    mean[v] = SOME(n->mean + channel + v * LANES, left);
    scale[v] = SOME(n->scale + channel + v * LANES, left);
    shift[v] = SOME(n->shift + channel + v * LANES, left);
  }
  const float *image = n->image + first * n->image_stride + channel;
  float *result = n->result + first * n->result_stride + channel;
  for (size_t pixel = first; pixel < end; pixel++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vec distance = SOME(image + v * LANES, left) - mean[v];
      vec value = normalized(distance, scale[v], shift[v]);
      if (n->activation == ckernels_relu) value = rectified(value);
      if (n->activation == ckernels_sigmoid) value = sigmoid(value);
      if (whole) {
        store(result + v * LANES, value);
      } else {
        store_some(result, value, left);
      }
    }
    image += n->image_stride;
    result += n->result_stride;
  }
}

static void normalize(const ckernels_normalization *n, size_t first, size_t end) {
#define BODY(vectors, whole, channel) normalize_block(vectors, whole, n, channel, first, end)
  FOR_EACH_BLOCK(n->channels, BODY);
#undef BODY
}

/// The gradient of what is normalised, where a ReLU behind it let something through.
INLINE vec let_through(vec given, vec distance, vec scale, vec shift) {
  return normalized(distance, scale, shift) <= 0 ? (vec)(0) : given;
}

INLINE void add_sums_of_block(
    const int vectors, const int whole, const ckernels_normalization *n, size_t channel,
    size_t first, size_t end, float *sums) {
  size_t left = n->channels - channel;
  vec mean[channel_vectors], scale[channel_vectors], shift[channel_vectors];
  vec sum[channel_vectors], product[channel_vectors];
  UNROLL for (int v = 0; v < vectors; v++) {
    mean[v] = SOME(n->mean + channel + v * LANES, left);
    scale[v] = SOME(n->scale + channel + v * LANES, left);
    shift[v] = SOME(n->shift + channel + v * LANES, left);
    sum[v] = product[v] = 0;
  }
  const float *image = n->image + first * n->image_stride + channel;
  const float *gradient = n->gradient + first * n->gradient_stride + channel;
  for (size_t pixel = first; pixel < end; pixel++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vec distance = SOME(image + v * LANES, left) - mean[v];
      vec given = SOME(gradient + v * LANES, left);
      if (n->activation == ckernels_relu) given = let_through(given, distance, scale[v], shift[v]);
      sum[v] += given;
      product[v] += given * distance;
    }
    image += n->image_stride;
    gradient += n->gradient_stride;
  }
  UNROLL for (int v = 0; v < vectors; v++) {
    float *to = sums + channel + v * LANES;
    vec total = SOME(to, left) + sum[v], products = SOME(to + n->channels, left) + product[v];
    if (whole) {
      store(to, total);
      store(to + n->channels, products);
    } else {
      store_some(to, total, left);
      store_some(to + n->channels, products, left);
    }
  }
}

static void add_normalization_sums(
    const ckernels_normalization *n, size_t first, size_t end, float *sums) {
#define BODY(vectors, whole, channel) add_sums_of_block(vectors, whole, n, channel, first, end, sums)
  FOR_EACH_BLOCK(n->channels, BODY);
#undef BODY
}

INLINE void write_gradient_of_block(
    const int vectors, const int whole, const ckernels_normalization *n, size_t channel,
    size_t first, size_t end) {
  size_t left = n->channels - channel;
  vec mean[channel_vectors], scale[channel_vectors], shift[channel_vectors];
  vec slope[channel_vectors], offset[channel_vectors];
  UNROLL for (int v = 0; v < vectors; v++) {
    mean[v] = SOME(n->mean + channel + v * LANES, left);
    scale[v] = SOME(n->scale + channel + v * LANES, left);
    shift[v] = SOME(n->shift + channel + v * LANES, left);
    slope[v] = SOME(n->slope + channel + v * LANES, left);
    offset[v] = SOME(n->offset + channel + v * LANES, left);
  }
  const float *image = n->image + first * n->image_stride + channel;
  const float *gradient = n->gradient + first * n->gradient_stride + channel;
  float *result = n->result + first * n->result_stride + channel;
  for (size_t pixel = first; pixel < end; pixel++) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vec value = SOME(image + v * LANES, left), distance = value - mean[v];
      vec given = SOME(gradient + v * LANES, left);
      if (n->activation == ckernels_relu) given = let_through(given, distance, scale[v], shift[v]);
      vec step = given * scale[v] - offset[v] - distance * slope[v];
      if (n->rectified) step = value <= 0 ? (vec)(0) : step;
      if (whole) {
        store(result + v * LANES, step);
      } else {
        store_some(result, step, left);
      }
    }
    image += n->image_stride;
    gradient += n->gradient_stride;
    result += n->result_stride;
  }
}

static void write_normalization_gradient(
    const ckernels_normalization *n, size_t first, size_t end) {
#define BODY(vectors, whole, channel) write_gradient_of_block(vectors, whole, n, channel, first, end)
  FOR_EACH_BLOCK(n->channels, BODY);
#undef BODY
}

#undef FOR_EACH_BLOCK
#undef SOME

#endif
