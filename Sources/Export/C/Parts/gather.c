// Where the cells under a tap lie for a row of results: the first one, and whether their row is inside.
struct cells {
  ptrdiff_t column;
  ptrdiff_t pixel;
  int is_inside;
};

static inline struct cells cells_under(const struct window *window, ptrdiff_t image, ptrdiff_t y,
                                       ptrdiff_t x, const struct tap *tap) {
  const ptrdiff_t row = y * window->step_y + tap->y;
  struct cells cells = {x * window->step_x + tap->x, 0, row >= 0 && row < window->height};
  cells.pixel = (image * window->height + row) * window->width + cells.column;
  return cells;
}
