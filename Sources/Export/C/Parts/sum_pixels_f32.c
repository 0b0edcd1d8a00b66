ALONE
static void sum_pixels_f32(const float *input, size_t stride, size_t pixels, size_t channels,
                           float *result) {
  for (size_t c = 0; c < channels; c++) result[c] = 0.0f;
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t c = 0; c < channels; c++) result[c] += input[pixel * stride + c];
  }
}
