ALONE
static void scale_f32(const float *input, size_t stride, size_t pixels, size_t channels, float factor,
                      float *result, size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t c = 0; c < channels; c++) {
      result[pixel * result_stride + c] = input[pixel * stride + c] * factor;
    }
  }
}
