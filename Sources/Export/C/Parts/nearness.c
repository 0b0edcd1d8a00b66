// Where points lie, whether they are there, and twice the squared width of a class's nearness.
struct points {
  const float *positions;
  size_t stride;
  const float *mask;
  size_t mask_stride;
  const float *spreads;
};

static inline float squared_distance(const float *a, const float *b) {
  const float x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
  return x * x + y * y + z * z;
}

// A class's sum over the cells around one, weighted by how near their points lie.
static float near_sum(const struct window *window, const struct points *points, ptrdiff_t image,
                      ptrdiff_t y, ptrdiff_t x, const float *values, size_t stride, size_t k) {
  const size_t here = result_cell(window, image, y, x);
  const float *position = points->positions + here * points->stride;
  float sum = 0.0f;
  for (size_t t = 0; t < window->tap_count; t++) {
    const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
    if (from < 0) continue;
    const float distance =
      squared_distance(position, points->positions + (size_t)from * points->stride);
    sum += exponential(-distance / points->spreads[k]) * values[(size_t)from * stride + k] *
           points->mask[(size_t)from * points->mask_stride];
  }
  return sum * points->mask[here * points->mask_stride];
}
