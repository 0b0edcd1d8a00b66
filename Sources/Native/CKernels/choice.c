#include "instructions.h"

#ifdef __x86_64__
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("bmi2");
}
#endif

const ckernels *ckernels_with(ckernels_instructions instructions) {
  switch (instructions) {
    case ckernels_portable: return &ckernels_of_portable;
#ifdef __x86_64__
    case ckernels_avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ckernels_of_avx2
                                                                             : NULL;
    case ckernels_avx512: return has_avx512() ? &ckernels_of_avx512 : NULL;
    case ckernels_avx512vnni:
      return has_avx512() && __builtin_cpu_supports("avx512vnni") ? &ckernels_of_avx512vnni : NULL;
#endif
    default: return NULL;
  }
}
