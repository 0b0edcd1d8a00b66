// Maxima over windows: first down the columns, then along the rows.
//
// Neighbouring windows share most of what they cover, so several are done at once: the elements that
// all of them cover, those before them from the right, and those behind them from the left.
#ifndef LIDARSEG_CKERNELS_POOLING_H
#define LIDARSEG_CKERNELS_POOLING_H

#include "../include/ckernels.h"
#include "vector.h"

/// Windows that are done at once, where they move in steps of one.
enum { window_group = 4 };

/// The windows that can be done at once: all of them must cover one common element.
INLINE size_t windows_at_once(size_t kernel, size_t step, size_t left) {
  return step == 1 && kernel >= window_group && left >= window_group ? window_group : 1;
}

#define VALUE float
#define VECTOR vec
#define WIDTH LANES
#define OF(name) name##_of_floats
#define LOAD load
#define LOAD_SOME load_some
#define STORE store
#define STORE_SOME store_some
#include "pooling_of.h"
#undef VALUE
#undef VECTOR
#undef WIDTH
#undef OF
#undef LOAD
#undef LOAD_SOME
#undef STORE
#undef STORE_SOME

#define VALUE uint8_t
#define VECTOR many_bytes
#define WIDTH (4 * LANES)
#define OF(name) name##_of_bytes
#define LOAD load_many
#define LOAD_SOME load_some_of_many
#define STORE store_many
#define STORE_SOME store_some_of_many
#include "pooling_of.h"
#undef VALUE
#undef VECTOR
#undef WIDTH
#undef OF
#undef LOAD
#undef LOAD_SOME
#undef STORE
#undef STORE_SOME

static size_t pooling_scratch_count(const ckernels_pooling *pooling) {
  size_t elements = window_group * pooling->input.width * pooling->input.channels;
  return pooling->bytes ? divided_up(elements, sizeof(float)) : elements;
}

static void pool(
    const ckernels_pooling *pooling, size_t first_row, size_t end_row, float *scratch) {
  if (pooling->bytes) {
    pool_of_bytes(pooling, first_row, end_row, (uint8_t *)scratch);
  } else {
    pool_of_floats(pooling, first_row, end_row, scratch);
  }
}

#endif
