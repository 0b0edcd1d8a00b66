ALONE
static void sum_channels_f32(const float *input, size_t stride, size_t pixels, size_t channels,
                             float *result, size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    float sum = 0.0f;
    for (size_t c = 0; c < channels; c++) sum += input[pixel * stride + c];
    result[pixel * result_stride] = sum;
  }
}
