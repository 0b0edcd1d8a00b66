static inline void copy_numbers(float *restrict to, const float *restrict from, size_t count) {
  const size_t whole = count / 4 * 4;
  for (size_t c = 0; c < whole; c += 4) {
    // So many at once are a vector without being asked for.
    for (size_t i = 0; i < 4; i++) to[c + i] = from[c + i];
  }
  for (size_t c = whole; c < count; c++) to[c] = from[c];
}

// The cells under the taps, side by side, for some results of a row.
static void gather_f32(const struct window *window, const float *input, size_t stride, size_t channels,
                       ptrdiff_t image, ptrdiff_t y, ptrdiff_t x, ptrdiff_t count,
                       float *restrict rows, size_t depth) {
  for (size_t t = 0; t < window->tap_count; t++) {
    const struct tap *tap = window->taps + t;
    const size_t some = tap->count ? (size_t)tap->count : channels;
    struct cells cells = cells_under(window, image, y, x, tap);
    float *row = rows;
    rows += some;
    for (ptrdiff_t p = 0; p < count; p++, row += depth) {
      if (cells.is_inside && cells.column >= 0 && cells.column < window->width) {
        copy_numbers(row, input + (size_t)cells.pixel * stride + (size_t)tap->first, some);
      } else {
        for (size_t c = 0; c < some; c++) row[c] = 0.0f;
      }
      cells.column += window->step_x;
      cells.pixel += window->step_x;
    }
  }
}

// A convolution: the cells under the taps, side by side, are multiplied with the weights. `scratch` has
// room for four times the product's depth.
ALONE
static void convolve_f32(const struct window *window, const struct product *product,
                         const float *input, size_t stride, size_t channels, float *restrict scratch) {
  const size_t depth = product->depth;
  // Pixels that are multiplied as they are need not be copied.
  const int lie_ready = window->tap_count == 1 && channels == depth;
  const float *rows[4] = {scratch, scratch + depth, scratch + 2 * depth, scratch + 3 * depth};
  for (size_t i = 0; i < 4 * depth; i++) scratch[i] = 0.0f;
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x += 4) {
        const ptrdiff_t count = window->columns - x < 4 ? window->columns - x : 4;
        const struct cells cells =
          lie_ready ? cells_under(window, image, y, x, window->taps) : (struct cells){0, 0, 0};
        if (cells.is_inside && count == 4 && cells.column >= 0 &&
            cells.column + 3 * window->step_x < window->width) {
          const float *ready[4];
          for (ptrdiff_t p = 0; p < 4; p++) {
            ready[p] = input + (size_t)(cells.pixel + p * window->step_x) * stride;
          }
          multiply_f32(product, ready, result_cell(window, image, y, x), (size_t)window->apart_x, 4);
        } else {
          gather_f32(window, input, stride, channels, image, y, x, count, scratch, depth);
          multiply_f32(product, rows, result_cell(window, image, y, x), (size_t)window->apart_x,
                       (size_t)count);
        }
      }
    }
  }
}
