#include "instructions.h"

const ckernels *ckernels_with(ckernels_instructions instructions) {
  switch (instructions) {
    case ckernels_portable: return &ckernels_of_portable;
#ifdef __x86_64__
    case ckernels_avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ckernels_of_avx2
                                                                             : NULL;
    case ckernels_avx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
                 ? &ckernels_of_avx512
                 : NULL;
#endif
    default: return NULL;
  }
}
