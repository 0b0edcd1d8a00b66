// `ring` has room for a window's columns and one more; `pooled` and `squeezed` for four rows of a
// product's depth.
ALONE
static void aggregate_u8(const struct aggregation *a, const uint8_t *input, int zero, uint8_t *ring,
                         int16_t *pooled, float *squeezed) {
  const size_t depth = a->squeeze->depth, inner = a->excitation->depth;
  uint8_t *greatest = ring + (size_t)(a->before + a->behind + 1) * a->channels;
  const float *const inners[4] = {squeezed, squeezed + inner, squeezed + 2 * inner,
                                  squeezed + 3 * inner};
  for (size_t i = 0; i < 4 * depth; i++) pooled[i] = 0;
  for (size_t i = 0; i < 4 * inner; i++) squeezed[i] = 0.0f;
  for (ptrdiff_t line = 0; line < a->images * a->height; line++) {
    const ptrdiff_t image = line / a->height, y = line % a->height;
    for (ptrdiff_t x = 0; x < a->behind && x < a->width; x++) column_u8(a, input, image, y, x, ring);
    for (ptrdiff_t x = 0; x < a->width; x += 4) {
      const ptrdiff_t count = a->width - x < 4 ? a->width - x : 4;
      for (ptrdiff_t p = 0; p < count; p++) {
        const ptrdiff_t next = x + p + a->behind;
        int16_t *row = pooled + (size_t)p * depth;
        if (next < a->width) column_u8(a, input, image, y, next, ring);
        around_u8(a, ring, x + p, greatest);
        for (size_t c = 0; c < a->channels; c++) row[c] = (int16_t)(greatest[c] - zero);
      }
      multiply_s8(a->squeeze, pooled, 0, 1, (size_t)count);
      multiply_f32(a->excitation, inners, (size_t)(line * a->width + x), 1, (size_t)count);
    }
  }
}
