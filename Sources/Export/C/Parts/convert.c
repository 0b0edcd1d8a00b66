// Numbers stored in another way.
ALONE
static void convert(const struct image *input, size_t pixels, size_t channels,
                    const struct target *result) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t c = 0; c < channels; c++) put(result, pixel, c, number_at(input, pixel, c));
  }
}
