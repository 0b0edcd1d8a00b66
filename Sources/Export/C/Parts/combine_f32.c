enum { SUM, DIFFERENCE, PRODUCT };

// Two images; the second moves by a stride of its own from pixel to pixel and from channel to channel.
ALONE
static void combine_f32(int function, const float *a, size_t stride, const float *b, size_t b_pixel,
                        size_t b_channel, size_t pixels, size_t channels, float *result,
                        size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    const float *restrict first = a + pixel * stride, *restrict second = b + pixel * b_pixel;
    float *restrict to = result + pixel * result_stride;
    if (function == SUM) {
      for (size_t c = 0; c < channels; c++) to[c] = first[c] + second[c * b_channel];
    } else if (function == DIFFERENCE) {
      for (size_t c = 0; c < channels; c++) to[c] = first[c] - second[c * b_channel];
    } else {
      for (size_t c = 0; c < channels; c++) to[c] = first[c] * second[c * b_channel];
    }
  }
}
