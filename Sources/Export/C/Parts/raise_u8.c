// The greater of each two.
static void raise_u8(uint8_t *restrict greatest, const uint8_t *restrict values, size_t count) {
  const size_t whole = count / 16 * 16;
  for (size_t c = 0; c < whole; c += 16) {
    // So many at once are vectors without being asked for.
    for (size_t i = 0; i < 16; i++) {
      greatest[c + i] = values[c + i] > greatest[c + i] ? values[c + i] : greatest[c + i];
    }
  }
  for (size_t c = whole; c < count; c++) greatest[c] = values[c] > greatest[c] ? values[c] : greatest[c];
}
