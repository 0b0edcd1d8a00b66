// A convolution of each channel by itself; the weights of one tap are adjacent.
static void convolve_channels_f32(const struct window *window, const float *input, size_t stride,
                                  size_t channels, const float *weights, float *result,
                                  size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        float *restrict sums = result + result_cell(window, image, y, x) * result_stride;
        for (size_t c = 0; c < channels; c++) sums[c] = 0.0f;
        for (size_t t = 0; t < window->tap_count; t++) {
          const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
          if (from < 0) continue;
          const float *restrict values = input + (size_t)from * stride;
          const float *restrict w = weights + t * channels;
          for (size_t c = 0; c < channels; c++) sums[c] += values[c] * w[c];
        }
      }
    }
  }
}
