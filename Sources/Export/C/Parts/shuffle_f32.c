// Channels dealt out anew: the first of each group, then the second of each, and so on.
ALONE
static void shuffle_f32(const float *input, size_t stride, size_t pixels, size_t groups, size_t length,
                        float *result, size_t result_stride) {
  for (size_t p = 0; p < pixels; p++) {
    const float *from = input + p * stride;
    float *to = result + p * result_stride;
    for (size_t i = 0; i < length; i++) {
      for (size_t g = 0; g < groups; g++) to[i * groups + g] = from[g * length + i];
    }
  }
}
