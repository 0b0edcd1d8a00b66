// A recurrent conditional random field.
struct field {
  int iterations;
  size_t classes;
  const float *angular; // weights of taps and classes
  const float *bilateral_angular;
  const float *angular_compatibility;
  const float *bilateral_compatibility;
};

// What the cells around one say is added to its scores.
static void add_messages(const struct window *window, const struct field *field,
                         const struct points *points, const float *probabilities, ptrdiff_t image,
                         ptrdiff_t y, ptrdiff_t x, float *scores) {
  const size_t classes = field->classes;
  for (size_t k = 0; k < classes; k++) {
    float angular = 0.0f, bilateral_angular = 0.0f;
    for (size_t t = 0; t < window->tap_count; t++) {
      const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
      if (from < 0) continue;
      const float probability = probabilities[(size_t)from * classes + k];
      angular += field->angular[t * classes + k] * probability;
      bilateral_angular += field->bilateral_angular[t * classes + k] * probability;
    }
    const float bilateral =
      bilateral_angular * near_sum(window, points, image, y, x, probabilities, classes, k);
    for (size_t output = 0; output < classes; output++) {
      scores[output] += angular * field->angular_compatibility[k * classes + output] +
                        bilateral * field->bilateral_compatibility[k * classes + output];
    }
  }
}

// `probabilities` has room for all pixels' classes.
ALONE
static void refine_f32(const struct window *window, const struct field *field,
                       const struct points *points, const float *logits, size_t stride,
                       float *probabilities, float *result, size_t result_stride) {
  const size_t classes = field->classes;
  const size_t pixels = (size_t)(window->images * window->rows * window->columns);
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t k = 0; k < classes; k++) {
      result[pixel * result_stride + k] = logits[pixel * stride + k];
    }
  }
  for (int iteration = 0; iteration < field->iterations; iteration++) {
    softmax_f32(result, result_stride, pixels, classes, probabilities, classes);
    for (ptrdiff_t image = 0; image < window->images; image++) {
      for (ptrdiff_t y = 0; y < window->rows; y++) {
        for (ptrdiff_t x = 0; x < window->columns; x++) {
          const size_t pixel = result_cell(window, image, y, x);
          float *scores = result + pixel * result_stride;
          for (size_t k = 0; k < classes; k++) scores[k] = probabilities[pixel * classes + k];
          add_messages(window, field, points, probabilities, image, y, x, scores);
        }
      }
    }
  }
}
