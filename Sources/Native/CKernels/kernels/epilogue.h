// What happens to a sum before it is stored.
#ifndef LIDARSEG_CKERNELS_EPILOGUE_H
#define LIDARSEG_CKERNELS_EPILOGUE_H

#include "../include/ckernels.h"
#include "vector.h"

/// Where the outputs of some channels of one pixel go, and how many of them there are.
typedef struct {
  float *output;
  const float *addend;
  const float *factor;
  size_t channel;
  size_t count;
} destination;

/// Adds the bias and applies the activation, unless that is one that takes long.
INLINE vec activated(vec sum, const ckernels_epilogue *epilogue, size_t channel) {
  if (epilogue->bias) sum += load(epilogue->bias + channel);
  return epilogue->activation == ckernels_relu ? rectified(sum) : sum;
}

/// Applies an activation that takes long, in a loop: unrolled into every tile it would be most of the
/// program.
INLINE void activate_slowly(const int count, vec *sums, const ckernels_epilogue *epilogue) {
  if (epilogue->activation != ckernels_sigmoid) return;
  vec values[24];
  UNROLL for (int i = 0; i < count; i++) values[i] = sums[i];
  _Pragma("clang loop unroll(disable)") for (int i = 0; i < count; i++) {
    values[i] = sigmoid(values[i]);
  }
  UNROLL for (int i = 0; i < count; i++) sums[i] = values[i];
}

/// Does what follows the activation, and stores the vector. `whole`: all lanes are outputs.
INLINE void finish(vec sum, const ckernels_epilogue *epilogue, destination to, const int whole) {
  if (epilogue->scale) {
    sum = sum * load(epilogue->scale + to.channel) + load(epilogue->shift + to.channel);
  }
  if (to.addend) sum += whole ? load(to.addend) : load_some(to.addend, to.count);
  if (to.factor) sum *= whole ? load(to.factor) : load_some(to.factor, to.count);
  if (whole) {
    store(to.output, sum);
  } else {
    store_some(to.output, sum, to.count);
  }
}

#endif
