// The cell under a tap, or -1 outside the image.
static inline ptrdiff_t cell(const struct window *window, ptrdiff_t image, ptrdiff_t y, ptrdiff_t x,
                             const struct tap *tap) {
  const ptrdiff_t row = y * window->step_y + tap->y, column = x * window->step_x + tap->x;
  if (row < 0 || row >= window->height || column < 0 || column >= window->width) return -1;
  return (image * window->height + row) * window->width + column;
}
