// The most probable class of each pixel, straight from the scores.
#ifndef LIDARSEG_CKERNELS_CLASSIFY_H
#define LIDARSEG_CKERNELS_CLASSIFY_H

#include "vector.h"

/// LANES pixels, of which the first `count` exist.
INLINE void classify_some(
    const float *scores, size_t classes, size_t count, uint8_t *best, float *confidence) {
  vec greatest, sum = 0;
  ivec found = 0;
  for (size_t c = 0; c < classes; c++) {
    vec score = 0;
    UNROLL for (size_t pixel = 0; pixel < LANES; pixel++) {
      if (pixel < count) score[pixel] = scores[pixel * classes + c];
    }
    if (c == 0) {
      greatest = score;
      sum = (vec)(1.0f) + (score - score);
      continue;
    }
    // Relative to the greatest so far, which takes what was summed up along.
    vec smaller_one = score > greatest ? greatest : score;
    vec larger_one = score > greatest ? score : greatest;
    vec ratio = exponential(smaller_one - larger_one);
    sum = score > greatest ? sum * ratio + 1.0f : sum + ratio;
    found = score > greatest ? (ivec)((int32_t)c) : found;
    greatest = larger_one;
  }
  vec probability = 1.0f / sum;
  for (size_t pixel = 0; pixel < count; pixel++) best[pixel] = (uint8_t)found[pixel];
  store_some(confidence, probability, count);
}

static void classify(
    const float *scores, size_t classes, size_t pixels, uint8_t *best, float *confidence) {
  size_t pixel = 0;
  for (; pixel + LANES <= pixels; pixel += LANES) {
    classify_some(scores + pixel * classes, classes, LANES, best + pixel, confidence + pixel);
  }
  if (pixel < pixels) {
    classify_some(
        scores + pixel * classes, classes, pixels - pixel, best + pixel, confidence + pixel);
  }
}

#endif
