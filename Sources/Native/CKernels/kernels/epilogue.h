// What happens to a sum before it is stored.
#ifndef LIDARSEG_CKERNELS_EPILOGUE_H
#define LIDARSEG_CKERNELS_EPILOGUE_H

#include "../include/ckernels.h"
#include "vector.h"

/// Where the outputs of some channels of one pixel go, and how many of them there are.
typedef struct {
  char *output;
  const char *addend;
  const char *factor;
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

/// The bytes of an element.
INLINE size_t element_size(ckernels_quantization quantization) {
  return quantization.scale == 0 ? sizeof(float) : 1;
}

/// What some bytes stand for.
INLINE vec numbers_of(const char *bytes, const ckernels_quantization *how, size_t count) {
  return (load_bytes((const uint8_t *)bytes, count) - how->zero) * how->scale;
}

/// Some channels of a pixel of another image.
INLINE vec values_of(const char *from, const ckernels_quantization *how, size_t count, const int whole) {
  if (how->scale != 0) return numbers_of(from, how, whole ? LANES : count);
  return whole ? load((const float *)from) : load_some((const float *)from, count);
}

/// Does what follows the activation, and stores the vector. `whole`: all lanes are outputs.
INLINE void finish(vec sum, const ckernels_epilogue *epilogue, destination to, const int whole) {
  if (epilogue->scale) {
    sum = sum * load(epilogue->scale + to.channel) + load(epilogue->shift + to.channel);
  }
  if (to.addend) sum += values_of(to.addend, &epilogue->addend.quantization, to.count, whole);
  if (to.factor) sum *= values_of(to.factor, &epilogue->factor.quantization, to.count, whole);
  if (epilogue->result.scale != 0) {
    vec steps = sum * epilogue->result.inverse + epilogue->result.zero;
    store_bytes((uint8_t *)to.output, steps, whole ? LANES : to.count);
  } else if (whole) {
    store((float *)to.output, sum);
  } else {
    store_some((float *)to.output, sum, to.count);
  }
}

/// What an epilogue that stores bytes adds, if it does nothing else after the activation.
enum { no_addend, byte_addend, float_addend, other_epilogue };

INLINE int byte_epilogue_kind(const ckernels_epilogue *epilogue) {
  if (epilogue->result.scale == 0 || epilogue->scale || epilogue->factor.base) return other_epilogue;
  if (!epilogue->addend.base) return no_addend;
  return epilogue->addend.quantization.scale == 0 ? float_addend : byte_addend;
}

/// Does what follows the activation where its kind is known, for all lanes.
INLINE void finish_as_bytes(
    const int kind, vec sum, const ckernels_epilogue *epilogue, char *output, const char *addend) {
  if (kind == float_addend) sum += load((const float *)addend);
  if (kind == byte_addend) sum += numbers_of(addend, &epilogue->addend.quantization, LANES);
  vec steps = sum * epilogue->result.inverse + epilogue->result.zero;
  store_bytes((uint8_t *)output, steps, LANES);
}

#endif
