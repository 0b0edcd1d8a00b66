ALONE
static void pool_mean_f32(const struct window *window, const float *input, size_t stride,
                          size_t channels, float *result, size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        float *restrict mean = result + result_cell(window, image, y, x) * result_stride;
        float count = 0.0f;
        for (size_t c = 0; c < channels; c++) mean[c] = 0.0f;
        for (size_t t = 0; t < window->tap_count; t++) {
          const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
          if (from < 0) continue;
          const float *restrict values = input + (size_t)from * stride;
          for (size_t c = 0; c < channels; c++) mean[c] += values[c];
          count += 1.0f;
        }
        for (size_t c = 0; c < channels; c++) mean[c] /= count;
      }
    }
  }
}
