// Weights for inputs of bytes: rounded by output, and arranged for sums of groups.
#ifndef LIDARSEG_CKERNELS_BYTE_WEIGHTS_H
#define LIDARSEG_CKERNELS_BYTE_WEIGHTS_H

#include <float.h>

#include "product.h"

static size_t packed_byte_count(size_t taps, size_t inputs, size_t outputs) {
  return taps * rounded_up(inputs, dot_group) * padded_count(outputs) * sizeof(wide_weight);
}

static void byte_steps(
    const float *weights, size_t stride, size_t rows, size_t outputs, float *steps) {
  for (size_t output = 0; output < outputs; output++) {
    float greatest = 0;
    for (size_t row = 0; row < rows; row++) {
      float size = __builtin_fabsf(weights[row * stride + output]);
      if (size > greatest) greatest = size;
    }
    // A normal number, since weights are divided by it.
    steps[output] = greatest > 0 ? __builtin_fmaxf(greatest / 127, FLT_MIN) : 1;
  }
}

static void pack_bytes(
    const float *weights, size_t stride, size_t taps, size_t inputs, size_t outputs,
    const float *steps, void *packed, float *sums) {
  size_t depth = rounded_up(inputs, dot_group);
  memset(packed, 0, packed_byte_count(taps, inputs, outputs));
  for (size_t output = 0; output < outputs; output++) {
    int32_t sum = 0;
    size_t first = output / (PANEL_VECTORS * LANES) * (PANEL_VECTORS * LANES);
    size_t width = is_narrow(depth / dot_group, outputs) ? (size_t)narrow_outputs
                                                         : panel_vectors(first, outputs) * LANES;
    wide_weight *panel = (wide_weight *)packed + first * taps * depth;
    for (size_t row = 0; row < taps * inputs; row++) {
      size_t place = row / inputs * depth + row % inputs;
      float value = __builtin_rintf(weights[row * stride + output] / steps[output]);
      sum += (int32_t)value;
      panel[(place / dot_group * width + output - first) * dot_group + place % dot_group] =
          (wide_weight)value;
    }
    sums[output] = (float)sum;
  }
}

#endif
