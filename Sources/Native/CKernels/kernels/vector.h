// Vectors of LANES floats, and loops that the compiler must unroll.
#ifndef LIDARSEG_CKERNELS_VECTOR_H
#define LIDARSEG_CKERNELS_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vec __attribute__((ext_vector_type(LANES)));
typedef int32_t ivec __attribute__((ext_vector_type(LANES)));
/// As many bytes as a vector of floats has.
typedef uint8_t few_bytes __attribute__((ext_vector_type(LANES)));

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t larger(size_t a, size_t b) { return a > b ? a : b; }
INLINE size_t rounded_up(size_t count, size_t unit) { return (count + unit - 1) / unit * unit; }
INLINE size_t divided_up(size_t count, size_t unit) { return (count + unit - 1) / unit; }

INLINE vec load(const float *from) {
  vec value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store(float *to, vec value) { memcpy(to, &value, sizeof value); }

#if LANES == 16
INLINE __mmask16 mask_of(size_t count) { return (__mmask16)((1u << smaller(count, 16)) - 1); }
#elif LANES == 8
INLINE __m256i mask_of(size_t count) {
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)smaller(count, 8)), lane);
}
#endif

/// The first `count` floats, zeros behind them; what lies behind is not touched.
INLINE vec load_some(const float *from, size_t count) {
#if LANES == 16
  return (vec)_mm512_maskz_loadu_ps(mask_of(count), from);
#elif LANES == 8
  return (vec)_mm256_maskload_ps(from, mask_of(count));
#else
  vec value = 0;
  memcpy(&value, from, smaller(count, LANES) * sizeof(float));
  return value;
#endif
}

/// Stores the first `count` floats; what lies behind is not touched.
INLINE void store_some(float *to, vec value, size_t count) {
#if LANES == 16
  _mm512_mask_storeu_ps(to, mask_of(count), (__m512)value);
#elif LANES == 8
  _mm256_maskstore_ps(to, mask_of(count), (__m256)value);
#else
  memcpy(to, &value, smaller(count, LANES) * sizeof(float));
#endif
}

/// The first `count` bytes as numbers, zeros behind them.
INLINE vec load_bytes(const uint8_t *from, size_t count) {
  few_bytes bytes = 0;
  if (count >= LANES) {
    memcpy(&bytes, from, LANES);
  } else {
    memcpy(&bytes, from, count);
  }
  return __builtin_convertvector(bytes, vec);
}

/// Numbers as bytes: rounded to the nearest, even ones in doubt, and held between 0 and 255; NaN becomes 0.
INLINE few_bytes rounded_bytes(vec values) {
#if LANES == 8
  // Of NaN and 255 the second is the lesser one; as an integer it is the least, which packing makes 0.
  __m256i steps = _mm256_cvtps_epi32(_mm256_min_ps(_mm256_set1_ps(255), (__m256)values));
  __m128i words =
      _mm_packus_epi32(_mm256_castsi256_si128(steps), _mm256_extracti128_si256(steps, 1));
  int64_t bytes = _mm_cvtsi128_si64(_mm_packus_epi16(words, words));
  few_bytes result;
  memcpy(&result, &bytes, sizeof result);
  return result;
#else
  vec held = values > 0 ? values : (vec)(0);
  held = __builtin_elementwise_rint(held > 255 ? (vec)(255) : held);
  return __builtin_convertvector(__builtin_convertvector(held, ivec), few_bytes);
#endif
}

/// Stores the first `count` numbers as bytes; see `rounded_bytes`.
INLINE void store_bytes(uint8_t *to, vec values, size_t count) {
  few_bytes bytes = rounded_bytes(values);
  if (count >= LANES) {
    memcpy(to, &bytes, LANES);
  } else {
    memcpy(to, &bytes, count);
  }
}

/// As many bytes as fit into a vector.
typedef uint8_t many_bytes __attribute__((ext_vector_type(4 * LANES)));

INLINE many_bytes load_many(const uint8_t *from) {
  many_bytes value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store_many(uint8_t *to, many_bytes value) { memcpy(to, &value, sizeof value); }

/// The first `count` bytes, zeros behind them; what lies behind is not touched.
INLINE many_bytes load_some_of_many(const uint8_t *from, size_t count) {
#if LANES == 16
  return (many_bytes)_mm512_maskz_loadu_epi8(_bzhi_u64(~0ull, (uint32_t)count), from);
#else
#if LANES == 8
  // As many channels as images often have; a copy of any length is a call.
  if (count == 16) {
    return (many_bytes)_mm256_zextsi128_si256(_mm_loadu_si128((const __m128i *)from));
  }
#endif
  many_bytes value = 0;
  memcpy(&value, from, smaller(count, sizeof value));
  return value;
#endif
}

/// Stores the first `count` bytes; what lies behind is not touched.
INLINE void store_some_of_many(uint8_t *to, many_bytes value, size_t count) {
#if LANES == 16
  _mm512_mask_storeu_epi8(to, _bzhi_u64(~0ull, (uint32_t)count), (__m512i)value);
#else
#if LANES == 8
  if (count == 16) {
    _mm_storeu_si128((__m128i *)to, _mm256_castsi256_si128((__m256i)value));
    return;
  }
#endif
  memcpy(to, &value, smaller(count, sizeof value));
#endif
}

#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))

/// max(x, 0); NaN stays NaN.
INLINE vec rectified(vec x) { return x < 0 ? (vec)(0) : x; }

/// exp(x) with a relative error below 2e-7 + 1e-7 |x|; 0 below -88, 1e38 or more above 88; NaN stays NaN.
INLINE vec exponential(vec x) {
#if LANES == 16
  // 2^y as a power of two and a polynomial over -0.5...0.5, the best whose value at 0 is 1.
  __m512 y = _mm512_min_ps(_mm512_set1_ps(127.0f), (__m512)(x * 1.44269504f));
  __m512 steps = _mm512_roundscale_ps(y, 8);
  vec rest = (vec)y - (vec)steps;
  vec sum = 1.32647e-3f * rest + 9.67151e-3f;
  sum = sum * rest + 5.550734e-2f;
  sum = sum * rest + 2.4022242e-1f;
  sum = sum * rest + 6.9314698e-1f;
  sum = sum * rest + 1.0f;
  return (vec)_mm512_scalef_ps((__m512)sum, steps);
#else
  vec y = x > 88.37626f ? (vec)(88.37626f) : x;
  vec steps = __builtin_elementwise_rint(y * 1.44269504f);
  vec rest = (y - steps * 0.693359375f) - steps * -2.12194440e-4f;
  vec sum = 1.9875691500e-4f * rest + 1.3981999507e-3f;
  sum = sum * rest + 8.3334519073e-3f;
  sum = sum * rest + 4.1665795894e-2f;
  sum = sum * rest + 1.6666665459e-1f;
  sum = sum * rest + 5.0000001201e-1f;
  sum = sum * (rest * rest) + rest + 1.0f;
  // Clamped apart from NaN and from what is too small, whose conversions have no meaning.
  vec bounded = steps > -126 ? steps : (vec)(-126);
  ivec exponent = (__builtin_convertvector(bounded, ivec) + 127) << 23;
  vec power;
  memcpy(&power, &exponent, sizeof power);
  vec result = sum * power;
  return x < -87.3f ? (vec)(0) : result;
#endif
}

/// 1 / (1 + exp(-x))
INLINE vec sigmoid(vec x) {
  vec sum = 1.0f + exponential(-x);
#if LANES == 16
  // A guess of 14 bits and Newton's step, faster than a division. Added to the guess, the step is rounded
  // once: all but three of a thousand numbers are those of a division. The sum is never infinite.
  vec guess = (vec)_mm512_rcp14_ps((__m512)sum);
  return guess + guess * (1.0f - sum * guess);
#else
  return 1.0f / sum;
#endif
}

#endif
