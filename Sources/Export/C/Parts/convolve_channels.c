// A convolution of each channel by itself; the weights of one tap are adjacent.
ALONE
static void convolve_channels(const struct window *window, const struct image *input, size_t channels,
                              const float *weights, const struct ending *ending) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        const size_t pixel = result_cell(window, image, y, x);
        for (size_t c = 0; c < channels; c += 8) {
          const size_t some = channels - c < 8 ? channels - c : 8;
          float numbers[8] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
          for (size_t t = 0; t < window->tap_count; t++) {
            const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
            if (from < 0) continue;
            const float *w = weights + t * channels + c;
            for (size_t i = 0; i < some; i++) numbers[i] += number_at(input, (size_t)from, c + i) * w[i];
          }
          const struct sums sums = {numbers, pixel, 1, 1};
          finish(ending, &sums, c, some);
        }
      }
    }
  }
}
