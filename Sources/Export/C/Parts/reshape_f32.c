// The same numbers in pixels of another size.
ALONE
static void reshape_f32(const float *input, size_t stride, size_t channels, float *result,
                        size_t result_stride, size_t result_channels, size_t count) {
  for (size_t i = 0; i < count; i++) {
    result[i / result_channels * result_stride + i % result_channels] =
      input[i / channels * stride + i % channels];
  }
}
