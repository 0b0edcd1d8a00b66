// Sums over the cells around each, weighted by how near their points lie.
ALONE
static void sum_near_f32(const struct window *window, const struct points *points, const float *input,
                         size_t stride, size_t channels, float *result, size_t result_stride) {
  for (ptrdiff_t image = 0; image < window->images; image++) {
    for (ptrdiff_t y = 0; y < window->rows; y++) {
      for (ptrdiff_t x = 0; x < window->columns; x++) {
        float *sums = result + result_cell(window, image, y, x) * result_stride;
        for (size_t k = 0; k < channels; k++) {
          sums[k] = near_sum(window, points, image, y, x, input, stride, k);
        }
      }
    }
  }
}
