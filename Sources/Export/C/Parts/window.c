// How cells of an image meet those of a result.
struct tap {
  int32_t y;
  int32_t x;
  uint32_t first; // of the channels that are read
  uint32_t count; // 0 for all of them
};

struct window {
  ptrdiff_t images;
  ptrdiff_t height; // of what is read
  ptrdiff_t width;
  ptrdiff_t rows; // how many are computed
  ptrdiff_t columns;
  ptrdiff_t step_y; // in what is read, from one result to the next
  ptrdiff_t step_x;
  ptrdiff_t result_height; // of what is written
  ptrdiff_t result_width;
  ptrdiff_t first_y; // where results begin in what is written, and how far they are apart
  ptrdiff_t first_x;
  ptrdiff_t apart_y;
  ptrdiff_t apart_x;
  size_t tap_count;
  const struct tap *taps;
};

// The pixel of a result.
static inline size_t result_cell(const struct window *window, ptrdiff_t image, ptrdiff_t y, ptrdiff_t x) {
  const ptrdiff_t row = window->first_y + y * window->apart_y;
  return (size_t)((image * window->result_height + row) * window->result_width + window->first_x +
                  x * window->apart_x);
}
