// The kernels for processors with AVX-512 (F, VL, BW, DQ) and VNNI.
#include "instructions.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma,bmi2,avx512vnni"))), apply_to = function)

#define VNNI
#define LANES 16
#define ACCUMULATORS 24
#include "kernels/table.h"

const ckernels ckernels_of_avx512vnni = KERNELS("avx512vnni");

#pragma clang attribute pop
#endif
