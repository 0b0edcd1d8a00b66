// The kernels of each instruction set that this build has.
#ifndef LIDARSEG_CKERNELS_INSTRUCTIONS_H
#define LIDARSEG_CKERNELS_INSTRUCTIONS_H

#include "include/ckernels.h"

extern const ckernels ckernels_of_portable;
#ifdef __x86_64__
extern const ckernels ckernels_of_avx2;
extern const ckernels ckernels_of_avx512;
extern const ckernels ckernels_of_avx512vnni;
#endif

#endif
