// What the processor can do at most: multiplications on nothing but registers.
#ifndef LIDARSEG_CKERNELS_PEAK_H
#define LIDARSEG_CKERNELS_PEAK_H

#include "dot.h"

/// Sums that are in flight at once, enough to hide how long one takes.
enum { peak_sums = ACCUMULATORS < 12 ? ACCUMULATORS : 12 };

static double multiply_floats(size_t rounds, float *result) {
  vec sums[peak_sums], factor = (vec)(result[0]), step = (vec)(result[1]);
  UNROLL for (int i = 0; i < peak_sums; i++) sums[i] = (vec)((float)i);
  for (size_t round = 0; round < rounds; round++) {
    UNROLL for (int i = 0; i < peak_sums; i++) sums[i] = sums[i] * factor + step;
  }
  vec total = 0;
  UNROLL for (int i = 0; i < peak_sums; i++) total += sums[i];
  store_some(result, total, 1);
  return (double)rounds * peak_sums * LANES;
}

static double multiply_bytes(size_t rounds, float *result) {
  ivec sums[peak_sums], factor = (ivec)((int32_t)result[0]), step = (ivec)((int32_t)result[1]);
  UNROLL for (int i = 0; i < peak_sums; i++) sums[i] = i;
  for (size_t round = 0; round < rounds; round++) {
    UNROLL for (int i = 0; i < peak_sums; i++) sums[i] = dot(sums[i], factor, step);
    // Without this the compiler would see that every round adds the same.
    __asm__ volatile("" : "+x"(factor));
  }
  ivec total = 0;
  UNROLL for (int i = 0; i < peak_sums; i++) total += sums[i];
  store_some(result, __builtin_convertvector(total, vec), 1);
  return (double)rounds * peak_sums * LANES * dot_group;
}

#endif
