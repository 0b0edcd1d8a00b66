#include <stddef.h>
#include <stdint.h>

// A function that stays one, whatever else is in the program: then a layer takes as much in a small program as in a
// large one, and code does not grow with the number of layers. And one that becomes part of those that call it.
#if defined(__clang__)
#define ALONE __attribute__((noinline))
#define WITHIN __attribute__((always_inline)) inline
#elif defined(__GNUC__)
#define ALONE __attribute__((noinline, noclone))
#define WITHIN __attribute__((always_inline)) inline
#else
#define ALONE
#define WITHIN inline
#endif
