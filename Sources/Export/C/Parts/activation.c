enum { IDENTITY, RELU };

static inline float activated(float value, int activation) {
  return activation == RELU && value < 0.0f ? 0.0f : value;
}

#ifdef HAS_VECTORS
static inline vector four_activated(vector value, int activation) {
  return activation == RELU ? (vector)((mask)value & ~(value < 0.0f)) : value;
}
#endif
