ALONE
static void pool_max_f32(const struct window *window, const float *input, size_t stride,
                         size_t channels, float *result, size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        float *greatest = result + result_cell(window, image, y, x) * result_stride;
        int is_first = 1;
        for (size_t t = 0; t < window->tap_count; t++) {
          const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
          if (from < 0) continue;
          const float *values = input + (size_t)from * stride;
          if (is_first) {
            for (size_t c = 0; c < channels; c++) greatest[c] = values[c];
          } else {
            raise_f32(greatest, values, channels);
          }
          is_first = 0;
        }
      }
    }
  }
}
