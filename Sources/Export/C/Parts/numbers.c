// Where an image is read: floats where the scale is 0, else bytes that stand for scale * (byte - zero).
struct image {
  const void *base;
  size_t stride; // elements from one pixel to the next
  float scale;
  float zero;
};

// Where an image is written: floats where the inverse of the scale is 0, else bytes.
struct target {
  void *base;
  size_t stride;
  float inverse;
  float zero;
};

// The nearest byte, an even one in doubt; the first for what is no number.
static inline uint8_t byte_of(float value, float inverse, float zero) {
  union {
    float number;
    uint32_t bits;
  } steps;
  const float wanted = value * inverse + zero;
  if (!(wanted > 0.0f)) return 0;
  // So great a number has no bits behind its point: the last of them are the rounded steps.
  steps.number = (wanted < 255.0f ? wanted : 255.0f) + 12582912.0f;
  return (uint8_t)(steps.bits & 255u);
}

static inline float number_at(const struct image *image, size_t pixel, size_t channel) {
  const size_t place = pixel * image->stride + channel;
  if (image->scale == 0.0f) return ((const float *)image->base)[place];
  return ((float)((const uint8_t *)image->base)[place] - image->zero) * image->scale;
}

static inline void put(const struct target *target, size_t pixel, size_t channel, float value) {
  const size_t place = pixel * target->stride + channel;
  if (target->inverse == 0.0f) {
    ((float *)target->base)[place] = value;
  } else {
    ((uint8_t *)target->base)[place] = byte_of(value, target->inverse, target->zero);
  }
}
