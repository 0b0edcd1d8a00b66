ALONE
static void affine_f32(const float *input, size_t stride, size_t pixels, size_t channels,
                       const float *scale, const float *shift, float *result, size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t c = 0; c < channels; c++) {
      result[pixel * result_stride + c] = input[pixel * stride + c] * scale[c] + shift[c];
    }
  }
}
