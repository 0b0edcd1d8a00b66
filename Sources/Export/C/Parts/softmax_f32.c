ALONE
static void softmax_f32(const float *input, size_t stride, size_t pixels, size_t channels,
                        float *result, size_t result_stride) {
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    const float *from = input + pixel * stride;
    float *to = result + pixel * result_stride;
    // The greatest exponent becomes 0, so that nothing overflows.
    float greatest = from[0], sum = 0.0f;
    for (size_t c = 1; c < channels; c++) greatest = from[c] > greatest ? from[c] : greatest;
    for (size_t c = 0; c < channels; c++) {
      to[c] = exponential(from[c] - greatest);
      sum += to[c];
    }
    for (size_t c = 0; c < channels; c++) to[c] /= sum;
  }
}
