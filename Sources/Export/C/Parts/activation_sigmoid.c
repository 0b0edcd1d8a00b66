#define SIGMOIDS
enum { IDENTITY, RELU, SIGMOID };

static inline float activated(float value, int activation) {
  if (activation == SIGMOID) return 1.0f / (1.0f + exponential(-value));
  return activation == RELU && value < 0.0f ? 0.0f : value;
}

#ifdef HAS_VECTORS
static inline vector four_chosen(mask condition, float yes, vector no) {
  const vector four = (vector){0} + yes;
  return (vector)(((mask)four & condition) | ((mask)no & ~condition));
}

// As the exponential of one number.
static inline vector four_exponentials(vector value) {
  vector x = four_chosen(value < -87.0f, -87.0f, value);
  x = four_chosen(x > 88.0f, 88.0f, x);
  const vector power = x * 1.44269504f + 12582912.0f;
  const vector whole = power - 12582912.0f;
  const vector r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  vector sum = (vector){0} + 1.0f / 5040.0f;
  sum = sum * r + 1.0f / 720.0f;
  sum = sum * r + 1.0f / 120.0f;
  sum = sum * r + 1.0f / 24.0f;
  sum = sum * r + 1.0f / 6.0f;
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  return sum * (vector)(((mask)power + 127) << 23);
}

static inline vector four_activated(vector value, int activation) {
  if (activation == SIGMOID) return 1.0f / (1.0f + four_exponentials(-value));
  return activation == RELU ? (vector)((mask)value & ~(value < 0.0f)) : value;
}
#endif
