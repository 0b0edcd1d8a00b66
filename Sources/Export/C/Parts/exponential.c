// The exponential function, to about one part in ten million; beyond -87...88 that of the nearer end.
static inline float exponential(float value) {
  union {
    float number;
    uint32_t bits;
  } power;
  float x = value < -87.0f ? -87.0f : value;
  x = x > 88.0f ? 88.0f : x;
  // So great a number has no bits behind its point: the last of them are the whole powers of two.
  power.number = x * 1.44269504f + 12582912.0f;
  const float whole = power.number - 12582912.0f;
  const float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float sum = 1.0f / 5040.0f;
  sum = sum * r + 1.0f / 720.0f;
  sum = sum * r + 1.0f / 120.0f;
  sum = sum * r + 1.0f / 24.0f;
  sum = sum * r + 1.0f / 6.0f;
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  power.bits = (power.bits + 127u) << 23;
  return sum * power.number;
}
