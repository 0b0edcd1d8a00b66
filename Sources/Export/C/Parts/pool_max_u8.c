ALONE
static void pool_max_u8(const struct window *window, const uint8_t *input, size_t stride,
                         size_t channels, uint8_t *result, size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        uint8_t *greatest = result + result_cell(window, image, y, x) * result_stride;
        int is_first = 1;
        for (size_t t = 0; t < window->tap_count; t++) {
          const ptrdiff_t from = cell(window, image, y, x, window->taps + t);
          if (from < 0) continue;
          const uint8_t *values = input + (size_t)from * stride;
          if (is_first) {
            for (size_t c = 0; c < channels; c++) greatest[c] = values[c];
          } else {
            raise_u8(greatest, values, channels);
          }
          is_first = 0;
        }
      }
    }
  }
}
