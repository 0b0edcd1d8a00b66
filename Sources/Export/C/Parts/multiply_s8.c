// Sums of whole numbers: rows of 16 bits by weights of 8, added in 32.
#if defined(HAS_VECTORS) && defined(__SSE2__)
#include <emmintrin.h>

// The first eight and the last of sixteen weights: four of one tap behind four of the next, as pairs.
#define PAIRS(w) _mm_unpacklo_epi16(w, _mm_srli_si128(w, 8))
#define WEIGHTS(name, from) \
  const __m128i name = _mm_loadu_si128((const __m128i *)(const void *)((from) + 4 * k)); \
  const __m128i name##_low = _mm_srai_epi16(_mm_unpacklo_epi8(name, name), 8); \
  const __m128i name##_high = _mm_srai_epi16(_mm_unpackhi_epi8(name, name), 8); \
  const __m128i name##_first = PAIRS(name##_low), name##_second = PAIRS(name##_high)
#define ROW(p) _mm_loadl_epi64((const __m128i *)(const void *)(rows + (p) * depth + k))
#define ADD(sum, x, w) sum = _mm_add_epi32(sum, _mm_madd_epi16(x, w))
#define ADD_FOUR(p) \
  { \
    const __m128i x = ROW(p); \
    ADD(a##p, _mm_shuffle_epi32(x, 0), w_first); \
    ADD(a##p, _mm_shuffle_epi32(x, 85), w_second); \
  }
#define ADD_EIGHT(p) \
  { \
    const __m128i x = ROW(p), front = _mm_shuffle_epi32(x, 0), back = _mm_shuffle_epi32(x, 85); \
    ADD(a##p, front, w_first); \
    ADD(b##p, front, v_first); \
    ADD(a##p, back, w_second); \
    ADD(b##p, back, v_second); \
  }
#define NOTHING _mm_setzero_si128()
#define STORE(place, sum) store(sums + (place), (vector)_mm_cvtepi32_ps(sum) * load(rescale + (place) % 8))
typedef __m128i four_sums;
#elif defined(HAS_VECTORS) && defined(__ARM_NEON)
#include <arm_neon.h>

#define WEIGHTS(name, from) \
  const int8x16_t name = vld1q_s8((from) + 4 * k); \
  const int16x8_t name##_low = vmovl_s8(vget_low_s8(name)), \
                  name##_high = vmovl_s8(vget_high_s8(name))
#define ADD(sum, x, w) \
  sum = vmlal_lane_s16(sum, vget_low_s16(w##_low), x, 0); \
  sum = vmlal_lane_s16(sum, vget_high_s16(w##_low), x, 1); \
  sum = vmlal_lane_s16(sum, vget_low_s16(w##_high), x, 2); \
  sum = vmlal_lane_s16(sum, vget_high_s16(w##_high), x, 3)
#define ADD_FOUR(p) \
  { \
    const int16x4_t x = vld1_s16(rows + (p) * depth + k); \
    ADD(a##p, x, w); \
  }
#define ADD_EIGHT(p) \
  { \
    const int16x4_t x = vld1_s16(rows + (p) * depth + k); \
    ADD(a##p, x, w); \
    ADD(b##p, x, v); \
  }
#define NOTHING vdupq_n_s32(0)
#define STORE(place, sum) \
  vst1q_f32(sums + (place), vmulq_f32(vcvtq_f32_s32(sum), vld1q_f32(rescale + (place) % 8)))
typedef int32x4_t four_sums;
#endif

#ifdef HAS_VECTORS
// Four pixels, eight channels.
static void eight_products_s8(const int16_t *rows, const int8_t *restrict weights,
                              const float *restrict rescale, size_t depth, float *restrict sums) {
  const int8_t *others = weights + 4 * depth;
  four_sums a0 = NOTHING, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (size_t k = 0; k < depth; k += 4) {
    WEIGHTS(w, weights);
    WEIGHTS(v, others);
    ADD_EIGHT(0) ADD_EIGHT(1) ADD_EIGHT(2) ADD_EIGHT(3)
  }
  STORE(0, a0), STORE(4, b0), STORE(8, a1), STORE(12, b1);
  STORE(16, a2), STORE(20, b2), STORE(24, a3), STORE(28, b3);
}

// Four pixels, four channels.
static void four_products_s8(const int16_t *rows, const int8_t *restrict weights,
                             const float *restrict rescale, size_t depth, float *restrict sums) {
  four_sums a0 = NOTHING, a1 = a0, a2 = a0, a3 = a0;
  for (size_t k = 0; k < depth; k += 4) {
    WEIGHTS(w, weights);
    ADD_FOUR(0) ADD_FOUR(1) ADD_FOUR(2) ADD_FOUR(3)
  }
  STORE(0, a0), STORE(8, a1), STORE(16, a2), STORE(24, a3);
}
#undef ADD_FOUR
#undef ADD_EIGHT
#else
// Four pixels, two at a time, and four channels.
static void four_products_s8(const int16_t *rows, const int8_t *restrict weights,
                             const float *restrict rescale, size_t depth, float *restrict sums) {
  for (size_t p = 0; p < 4; p += 2) {
    const int16_t *first = rows + p * depth, *second = first + depth;
    const int8_t *w = weights;
    int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
    for (size_t k = 0; k < depth; k++, w += 4) {
      const int32_t x = first[k], y = second[k];
      a0 += x * w[0], a1 += x * w[1], a2 += x * w[2], a3 += x * w[3];
      b0 += y * w[0], b1 += y * w[1], b2 += y * w[2], b3 += y * w[3];
    }
    float *s = sums + 8 * p;
    s[0] = (float)a0 * rescale[0], s[1] = (float)a1 * rescale[1];
    s[2] = (float)a2 * rescale[2], s[3] = (float)a3 * rescale[3];
    s[8] = (float)b0 * rescale[0], s[9] = (float)b1 * rescale[1];
    s[10] = (float)b2 * rescale[2], s[11] = (float)b3 * rescale[3];
  }
}
#endif

// Multiplies four rows; the first `count` are pixels `first`, `first + step` and so on.
ALONE
static void multiply_s8(const struct product *product, const int16_t *rows, size_t first, size_t step,
                        size_t count) {
  float numbers[32];
  const struct sums sums = {numbers, first, step, count};
  const int8_t *weights = (const int8_t *)product->weights;
  size_t channel = 0;
#ifdef HAS_VECTORS
  for (; channel + 4 < product->channels; channel += 8) {
    const size_t rest = product->channels - channel;
    eight_products_s8(rows, weights + channel * product->depth, product->rescale + channel,
                      product->depth, numbers);
    finish(&product->ending, &sums, channel, rest < 8 ? rest : 8);
  }
#endif
  for (; channel < product->channels; channel += 4) {
    const size_t rest = product->channels - channel;
    four_products_s8(rows, weights + channel * product->depth, product->rescale + channel,
                     product->depth, numbers);
    finish(&product->ending, &sums, channel, rest < 4 ? rest : 4);
  }
}
