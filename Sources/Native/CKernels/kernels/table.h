// All kernels, as the functions of one instruction set.
#include "byte_weights.h"
#include "classify.h"
#include "convolution.h"
#include "depthwise.h"
#include "normalization.h"
#include "peak.h"
#include "placed_pooling.h"
#include "pooling.h"
#include "transposed_product.h"
#include "winograd.h"

#if HAS_BYTE_WINOGRAD
#include "byte_winograd.h"
#define WHERE_BYTE_WINOGRAD(FUNCTION) FUNCTION
#else
#define WHERE_BYTE_WINOGRAD(FUNCTION) NULL
#endif

#define KERNELS(NAME)                                   \
  {                                                     \
    .name = NAME,                                       \
    .lanes = LANES,                                     \
    .padded_count = padded_count,                       \
    .packed_count = packed_count,                       \
    .pack = pack,                                       \
    .packed_byte_count = packed_byte_count,             \
    .byte_steps = byte_steps,                           \
    .pack_bytes = pack_bytes,                           \
    .multiply = multiply,                               \
    .add_transposed_product = add_transposed_product,   \
    .convolution_scratch_count = convolution_scratch_count, \
    .convolve = convolve,                               \
    .convolve_depthwise = convolve_depthwise,           \
    .winograd_packed_count = winograd_packed_count,     \
    .winograd_pack = winograd_pack,                     \
    .winograd_block = winograd_block,                   \
    .winograd_scratch_count = winograd_scratch_count,   \
    .winograd = winograd,                               \
    .winograd_packed_byte_count = WHERE_BYTE_WINOGRAD(winograd_packed_byte_count), \
    .winograd_byte_block = WHERE_BYTE_WINOGRAD(winograd_byte_block), \
    .winograd_pack_bytes = WHERE_BYTE_WINOGRAD(winograd_pack_bytes),         \
    .winograd_of_bytes = WHERE_BYTE_WINOGRAD(winograd_of_bytes),             \
    .pooling_scratch_count = pooling_scratch_count,     \
    .pool = pool,                                       \
    .placed_pooling_scratch_count = placed_pooling_scratch_count, \
    .pool_with_places = pool_with_places,               \
    .unpooling_scratch_count = unpooling_scratch_count, \
    .unpool = unpool,                                   \
    .normalize = normalize,                             \
    .add_normalization_sums = add_normalization_sums,   \
    .write_normalization_gradient = write_normalization_gradient, \
    .classify = classify,                               \
    .multiply_floats = multiply_floats,                 \
    .multiply_bytes = multiply_bytes,                   \
  }
