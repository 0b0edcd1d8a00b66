// The greater of each two.
static void raise_f32(float *restrict greatest, const float *restrict values, size_t count) {
  const size_t whole = count / 8 * 8;
  for (size_t c = 0; c < whole; c += 8) {
    // So many at once are vectors without being asked for.
    for (size_t i = 0; i < 8; i++) {
      greatest[c + i] = values[c + i] > greatest[c + i] ? values[c + i] : greatest[c + i];
    }
  }
  for (size_t c = whole; c < count; c++) greatest[c] = values[c] > greatest[c] ? values[c] : greatest[c];
}
