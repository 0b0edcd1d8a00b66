// Bytes, less a zero, as numbers of 16 bits.
static inline void widen(int16_t *restrict to, const uint8_t *restrict from, size_t count, int zero) {
  const int16_t less = (int16_t)zero;
  const size_t whole = count / 8 * 8;
  for (size_t c = 0; c < whole; c += 8) {
    // So many at once are a vector without being asked for.
    for (size_t i = 0; i < 8; i++) to[c + i] = (int16_t)(from[c + i] - less);
  }
  for (size_t c = whole; c < count; c++) to[c] = (int16_t)(from[c] - less);
}

// The cells under the taps, side by side, for some results of a row.
static void gather_u8(const struct window *window, const uint8_t *input, size_t stride,
                      size_t channels, int zero, ptrdiff_t image, ptrdiff_t y, ptrdiff_t x,
                      ptrdiff_t count, int16_t *restrict rows, size_t depth) {
  for (size_t t = 0; t < window->tap_count; t++) {
    const struct tap *tap = window->taps + t;
    const size_t some = tap->count ? (size_t)tap->count : channels;
    struct cells cells = cells_under(window, image, y, x, tap);
    int16_t *row = rows;
    rows += some;
    for (ptrdiff_t p = 0; p < count; p++, row += depth) {
      if (cells.is_inside && cells.column >= 0 && cells.column < window->width) {
        widen(row, input + (size_t)cells.pixel * stride + (size_t)tap->first, some, zero);
      } else {
        for (size_t c = 0; c < some; c++) row[c] = 0;
      }
      cells.column += window->step_x;
      cells.pixel += window->step_x;
    }
  }
}

// A convolution over bytes, of which `zero` is subtracted. `scratch` has room for four times the
// product's depth.
ALONE
static void convolve_u8(const struct window *window, const struct product *product,
                        const uint8_t *input, size_t stride, size_t channels, int zero,
                        int16_t *restrict scratch) {
  const size_t depth = product->depth;
  for (size_t i = 0; i < 4 * depth; i++) scratch[i] = 0;
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x += 4) {
        const ptrdiff_t count = window->columns - x < 4 ? window->columns - x : 4;
        gather_u8(window, input, stride, channels, zero, image, y, x, count, scratch, depth);
        multiply_s8(product, scratch, result_cell(window, image, y, x), (size_t)window->apart_x,
                    (size_t)count);
      }
    }
  }
}
