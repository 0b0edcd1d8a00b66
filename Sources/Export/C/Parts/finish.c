// What follows a sum of products, in this order, where it is there.
struct ending {
  const float *bias; // by channel
  int activation;
  const float *scale;
  const float *shift;
  struct image addend;
  struct image factor;
  struct target result;
};

// Sums of one pixel after the other: where they lie, and which pixels they are of.
struct sums {
  float *numbers; // eight channels of each pixel
  size_t first;
  size_t step;
  size_t count;
};

#ifdef HAS_VECTORS
static inline vector four_numbers_at(const struct image *image, size_t place) {
  if (image->scale == 0.0f) return load((const float *)image->base + place);
  const uint8_t *bytes = (const uint8_t *)image->base + place;
  const vector numbers = {(float)bytes[0], (float)bytes[1], (float)bytes[2], (float)bytes[3]};
  return (numbers - image->zero) * image->scale;
}

static inline void put_four_bytes(uint8_t *bytes, vector value, float inverse, float zero) {
  const vector wanted = value * inverse + zero;
  const mask above = wanted > 255.0f;
  const mask within = (wanted > 0.0f) & ~above;
  const vector most = (vector){0} + 255.0f;
  const vector steps = (vector)(((mask)wanted & within) | ((mask)most & above));
  const mask bits = (mask)(steps + 12582912.0f);
  bytes[0] = (uint8_t)(bits[0] & 255);
  bytes[1] = (uint8_t)(bits[1] & 255);
  bytes[2] = (uint8_t)(bits[2] & 255);
  bytes[3] = (uint8_t)(bits[3] & 255);
}

// Four channels of each pixel: one step for all pixels, then the next.
WITHIN
static void finish_four(const struct ending *ending, int activation, const struct sums *sums, size_t at) {
  float *end = sums->numbers + 8 * sums->count;
  const vector bias = ending->bias ? load(ending->bias + at) : (vector){0};
  for (float *s = sums->numbers; s < end; s += 8) {
    store(s, four_activated(load(s) + bias, activation));
  }
  if (ending->scale) {
    const vector scale = load(ending->scale + at), shift = load(ending->shift + at);
    for (float *s = sums->numbers; s < end; s += 8) store(s, load(s) * scale + shift);
  }
  if (ending->addend.base) {
    const size_t stride = ending->addend.stride;
    size_t place = sums->first * stride + at;
    for (float *s = sums->numbers; s < end; s += 8, place += sums->step * stride) {
      store(s, load(s) + four_numbers_at(&ending->addend, place));
    }
  }
  if (ending->factor.base) {
    const size_t stride = ending->factor.stride;
    size_t place = sums->first * stride + at;
    for (float *s = sums->numbers; s < end; s += 8, place += sums->step * stride) {
      store(s, load(s) * four_numbers_at(&ending->factor, place));
    }
  }
  const struct target result = ending->result;
  size_t place = sums->first * result.stride + at;
  for (float *s = sums->numbers; s < end; s += 8, place += sums->step * result.stride) {
    if (result.inverse == 0.0f) {
      store((float *)result.base + place, load(s));
    } else {
      put_four_bytes((uint8_t *)result.base + place, load(s), result.inverse, result.zero);
    }
  }
}
#endif

WITHIN
static float finished(const struct ending *ending, int activation, float sum, size_t pixel, size_t at) {
  float value = ending->bias ? sum + ending->bias[at] : sum;
  value = activated(value, activation);
  if (ending->scale) value = value * ending->scale[at] + ending->shift[at];
  if (ending->addend.base) value += number_at(&ending->addend, pixel, at);
  if (ending->factor.base) value *= number_at(&ending->factor, pixel, at);
  return value;
}

WITHIN
static void finish_with(const struct ending *ending, int activation, const struct sums *sums,
                        size_t channel, size_t some) {
  size_t i = 0;
#ifdef HAS_VECTORS
  for (; i + 4 <= some; i += 4) {
    const struct sums part = {sums->numbers + i, sums->first, sums->step, sums->count};
    finish_four(ending, activation, &part, channel + i);
  }
#endif
  for (; i < some; i++) {
    for (size_t p = 0; p < sums->count; p++) {
      const size_t pixel = sums->first + p * sums->step;
      put(&ending->result, pixel, channel + i,
          finished(ending, activation, sums->numbers[8 * p + i], pixel, channel + i));
    }
  }
}

#ifdef SIGMOIDS
ALONE
static void finish_sigmoid(const struct ending *ending, const struct sums *sums, size_t channel, size_t some) {
  finish_with(ending, SIGMOID, sums, channel, some);
}
#endif

// Makes the results of some channels of some pixels of their sums; sigmoids, which are long, apart from the rest.
ALONE
static void finish(const struct ending *ending, const struct sums *sums, size_t channel, size_t some) {
#ifdef SIGMOIDS
  if (ending->activation == SIGMOID) {
    finish_sigmoid(ending, sums, channel, some);
    return;
  }
#endif
  finish_with(ending, ending->activation == RELU ? RELU : IDENTITY, sums, channel, some);
}
