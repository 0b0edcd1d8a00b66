// The kernels for processors with AVX2 and FMA.
#include "instructions.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define ACCUMULATORS 12
#include "kernels/table.h"

const ckernels ckernels_of_avx2 = KERNELS("avx2");

#pragma clang attribute pop
#endif
