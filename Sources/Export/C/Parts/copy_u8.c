ALONE
static void copy_u8(const uint8_t *input, size_t stride, size_t pixels, size_t channels, uint8_t *result,
                     size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    for (size_t c = 0; c < channels; c++) {
      result[pixel * result_stride + c] = input[pixel * stride + c];
    }
  }
}
