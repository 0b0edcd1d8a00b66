// Each channel moved by its own step: `steps` has a tap for each.
ALONE
static void shift_f32(const struct window *window, const float *input, size_t stride, size_t channels,
                      const struct tap *steps, float *result, size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        float *to = result + result_cell(window, image, y, x) * result_stride;
        for (size_t c = 0; c < channels; c++) {
          const ptrdiff_t from = cell(window, image, y, x, steps + c);
          to[c] = from < 0 ? 0.0f : input[(size_t)from * stride + c];
        }
      }
    }
  }
}
