// Sums of products of bytes: four at once where the processor can, else two after widening to 16 bits.
//
// Bytes times bytes summed in pairs into 16 bits (AVX2's vpmaddubsw) saturate. Widened to 16 bits they
// never do, need as many multiplications (vpmaddwd), and give the same sums on every processor.
#ifndef LIDARSEG_CKERNELS_DOT_H
#define LIDARSEG_CKERNELS_DOT_H

#include "vector.h"

#ifdef VNNI
/// What an input is widened to, and how many of them are multiplied and summed at once.
typedef uint8_t wide_input;
typedef int8_t wide_weight;
enum { dot_group = 4 };
#else
typedef int16_t wide_input;
typedef int16_t wide_weight;
enum { dot_group = 2 };
#endif

INLINE ivec load_whole(const void *from) {
  ivec value;
  memcpy(&value, from, sizeof value);
  return value;
}

/// A group of inputs in every lane.
INLINE ivec spread_group(const char *from) {
  int32_t group;
  memcpy(&group, from, sizeof group);
  return (ivec)(group);
}

/// Adds to each lane the products of a group of inputs and weights.
INLINE ivec dot(ivec sum, ivec inputs, ivec weights) {
#if defined(VNNI)
  return (ivec)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)inputs, (__m512i)weights);
#elif LANES == 16
  return sum + (ivec)_mm512_madd_epi16((__m512i)inputs, (__m512i)weights);
#elif LANES == 8
  return sum + (ivec)_mm256_madd_epi16((__m256i)inputs, (__m256i)weights);
#else
  // Products of numbers below 2^8 and 2^7: the halves of a lane are told apart by shifts.
  return sum + ((inputs << 16) >> 16) * ((weights << 16) >> 16) + (inputs >> 16) * (weights >> 16);
#endif
}

/// Widens bytes; `count` inputs, filled up with zeros to whole groups.
INLINE void widen(const uint8_t *from, size_t count, wide_input *to) {
#ifdef VNNI
  memcpy(to, from, count);
#else
  for (size_t i = 0; i < count; i++) to[i] = from[i];
#endif
  for (size_t i = count; i % dot_group != 0; i++) to[i] = 0;
}

/// The bytes of memory of so many inputs in whole groups.
INLINE size_t widened_size(size_t inputs) {
  return rounded_up(inputs, dot_group) * sizeof(wide_input);
}

#endif
