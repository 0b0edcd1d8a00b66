// Bilinear enlargement by whole factors, between the centres of the cells.
struct between {
  size_t first;
  size_t second;
  float weight; // of the second
};

static struct between cells_between(size_t position, size_t factor, size_t size) {
  const float place = ((float)position + 0.5f) / (float)factor - 0.5f;
  struct between cells = {0, 0, 0.0f};
  if (place > 0.0f) cells.first = (size_t)place;
  cells.second = cells.first + 1 < size ? cells.first + 1 : size - 1;
  if (place > 0.0f) cells.weight = place - (float)cells.first;
  return cells;
}

ALONE
static void upsample_f32(const float *input, size_t stride, size_t images, size_t height, size_t width,
                         size_t channels, size_t factor_y, size_t factor_x, float *result,
                         size_t result_stride) {
  for (size_t line = 0; line < images * height * factor_y; line++) {
    const size_t above = line / (height * factor_y) * height;
    const struct between rows = cells_between(line % (height * factor_y), factor_y, height);
    const float *upper = input + (above + rows.first) * width * stride;
    const float *lower = input + (above + rows.second) * width * stride;
    for (size_t x = 0; x < width * factor_x; x++) {
      const struct between columns = cells_between(x, factor_x, width);
      const size_t left = columns.first * stride, right = columns.second * stride;
      const float a = (1.0f - rows.weight) * (1.0f - columns.weight);
      const float b = (1.0f - rows.weight) * columns.weight;
      const float c = rows.weight * (1.0f - columns.weight), d = rows.weight * columns.weight;
      float *to = result + (line * width * factor_x + x) * result_stride;
      for (size_t k = 0; k < channels; k++) {
        to[k] = a * upper[left + k] + b * upper[right + k] + c * lower[left + k] + d * lower[right + k];
      }
    }
  }
}
