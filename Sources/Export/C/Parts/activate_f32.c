ALONE
static void activate_f32(const float *input, size_t stride, size_t pixels, size_t channels,
                         int activation, float *result, size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    const float *from = input + pixel * stride;
    float *to = result + pixel * result_stride;
    size_t c = 0;
#ifdef HAS_VECTORS
    for (; c + 4 <= channels; c += 4) store(to + c, four_activated(load(from + c), activation));
#endif
    for (; c < channels; c++) to[c] = activated(from[c], activation);
  }
}
