// The greatest of a column's cells around a row, into its place in a ring of as many columns as the window
// has.
static void column_f32(const struct aggregation *a, const float *input, ptrdiff_t image, ptrdiff_t y,
                       ptrdiff_t x, float *ring) {
  const ptrdiff_t top = y < a->above ? 0 : y - a->above;
  const ptrdiff_t end = y + a->below < a->height ? y + a->below + 1 : a->height;
  float *greatest = ring + (size_t)(x % (a->before + a->behind + 1)) * a->channels;
  for (ptrdiff_t row = top; row < end; row++) {
    const float *values = input + (size_t)((image * a->height + row) * a->width + x) * a->stride;
    if (row == top) {
      for (size_t c = 0; c < a->channels; c++) greatest[c] = values[c];
    } else {
      raise_f32(greatest, values, a->channels);
    }
  }
}

// The greatest of the columns around one that are in the ring.
static void around_f32(const struct aggregation *a, const float *ring, ptrdiff_t x, float *greatest) {
  const ptrdiff_t first = x < a->before ? 0 : x - a->before;
  const ptrdiff_t end = x + a->behind < a->width ? x + a->behind + 1 : a->width;
  for (ptrdiff_t column = first; column < end; column++) {
    const float *values = ring + (size_t)(column % (a->before + a->behind + 1)) * a->channels;
    if (column == first) {
      for (size_t c = 0; c < a->channels; c++) greatest[c] = values[c];
    } else {
      raise_f32(greatest, values, a->channels);
    }
  }
}
