// `ring` has room for a window's columns, `pooled` and `squeezed` for four rows of a product's depth.
ALONE
static void aggregate_f32(const struct aggregation *a, const float *input, float *ring, float *pooled,
                          float *squeezed) {
  const size_t depth = a->squeeze->depth, inner = a->excitation->depth;
  const float *const rows[4] = {pooled, pooled + depth, pooled + 2 * depth, pooled + 3 * depth};
  const float *const inners[4] = {squeezed, squeezed + inner, squeezed + 2 * inner,
                                  squeezed + 3 * inner};
  for (size_t i = 0; i < 4 * depth; i++) pooled[i] = 0.0f;
  for (size_t i = 0; i < 4 * inner; i++) squeezed[i] = 0.0f;
  for (ptrdiff_t line = 0; line < a->images * a->height; line++) {
    const ptrdiff_t image = line / a->height, y = line % a->height;
    for (ptrdiff_t x = 0; x < a->behind && x < a->width; x++) column_f32(a, input, image, y, x, ring);
    for (ptrdiff_t x = 0; x < a->width; x += 4) {
      const ptrdiff_t count = a->width - x < 4 ? a->width - x : 4;
      for (ptrdiff_t p = 0; p < count; p++) {
        const ptrdiff_t next = x + p + a->behind;
        if (next < a->width) column_f32(a, input, image, y, next, ring);
        around_f32(a, ring, x + p, pooled + (size_t)p * depth);
      }
      multiply_f32(a->squeeze, rows, 0, 1, (size_t)count);
      multiply_f32(a->excitation, inners, (size_t)(line * a->width + x), 1, (size_t)count);
    }
  }
}
