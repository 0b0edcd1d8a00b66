#ifdef HAS_VECTORS
#define LANE(x, i) ((vector){(x)[i], (x)[i], (x)[i], (x)[i]})
#define ADD_FOUR(i) \
  { \
    const vector w = load(weights + 4 * (k + (i))); \
    a0 += LANE(x0, i) * w; \
    a1 += LANE(x1, i) * w; \
    a2 += LANE(x2, i) * w; \
    a3 += LANE(x3, i) * w; \
  }
#define ADD_EIGHT(i) \
  { \
    const vector w = load(weights + 4 * (k + (i))); \
    const vector v = load(others + 4 * (k + (i))); \
    a0 += LANE(x0, i) * w; \
    b0 += LANE(x0, i) * v; \
    a1 += LANE(x1, i) * w; \
    b1 += LANE(x1, i) * v; \
    a2 += LANE(x2, i) * w; \
    b2 += LANE(x2, i) * v; \
    a3 += LANE(x3, i) * w; \
    b3 += LANE(x3, i) * v; \
  }

// Four pixels, eight channels.
static void eight_products_f32(const float *const rows[4], const float *restrict weights,
                               size_t depth, float *restrict sums) {
  const float *others = weights + 4 * depth;
  vector a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
  for (size_t k = 0; k < depth; k += 4) {
    const vector x0 = load(rows[0] + k), x1 = load(rows[1] + k);
    const vector x2 = load(rows[2] + k), x3 = load(rows[3] + k);
    ADD_EIGHT(0) ADD_EIGHT(1) ADD_EIGHT(2) ADD_EIGHT(3)
  }
  store(sums, a0), store(sums + 4, b0), store(sums + 8, a1), store(sums + 12, b1);
  store(sums + 16, a2), store(sums + 20, b2), store(sums + 24, a3), store(sums + 28, b3);
}

// Four pixels, four channels.
static void four_products_f32(const float *const rows[4], const float *restrict weights,
                              size_t depth, float *restrict sums) {
  vector a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0};
  for (size_t k = 0; k < depth; k += 4) {
    const vector x0 = load(rows[0] + k), x1 = load(rows[1] + k);
    const vector x2 = load(rows[2] + k), x3 = load(rows[3] + k);
    ADD_FOUR(0) ADD_FOUR(1) ADD_FOUR(2) ADD_FOUR(3)
  }
  store(sums, a0), store(sums + 8, a1), store(sums + 16, a2), store(sums + 24, a3);
}
#undef ADD_FOUR
#undef ADD_EIGHT
#else
// Four pixels, two at a time, and four channels.
static void four_products_f32(const float *const rows[4], const float *restrict weights,
                              size_t depth, float *restrict sums) {
  for (size_t p = 0; p < 4; p += 2) {
    const float *first = rows[p], *second = rows[p + 1];
    const float *w = weights;
    float a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
    for (size_t k = 0; k < depth; k++, w += 4) {
      const float x = first[k], y = second[k];
      a0 += x * w[0], a1 += x * w[1], a2 += x * w[2], a3 += x * w[3];
      b0 += y * w[0], b1 += y * w[1], b2 += y * w[2], b3 += y * w[3];
    }
    float *s = sums + 8 * p;
    s[0] = a0, s[1] = a1, s[2] = a2, s[3] = a3;
    s[8] = b0, s[9] = b1, s[10] = b2, s[11] = b3;
  }
}
#endif

// Multiplies four rows; the first `count` are pixels `first`, `first + step` and so on.
ALONE
static void multiply_f32(const struct product *product, const float *const rows[4], size_t first,
                         size_t step, size_t count) {
  float numbers[32];
  const struct sums sums = {numbers, first, step, count};
  const float *weights = (const float *)product->weights;
  size_t channel = 0;
#ifdef HAS_VECTORS
  for (; channel + 4 < product->channels; channel += 8) {
    const size_t rest = product->channels - channel;
    eight_products_f32(rows, weights + channel * product->depth, product->depth, numbers);
    finish(&product->ending, &sums, channel, rest < 8 ? rest : 8);
  }
#endif
  for (; channel < product->channels; channel += 4) {
    const size_t rest = product->channels - channel;
    four_products_f32(rows, weights + channel * product->depth, product->depth, numbers);
    finish(&product->ending, &sums, channel, rest < 4 ? rest : 4);
  }
}
