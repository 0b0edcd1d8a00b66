// The kernels for every processor.
#include "instructions.h"

#define LANES 4
#define ACCUMULATORS 12
#include "kernels/table.h"

const ckernels ckernels_of_portable = KERNELS("portable");
