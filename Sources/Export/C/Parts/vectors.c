// Four numbers at once, where the processor can; LIDARSEG_PLAIN_C does without.
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON)) && !defined(LIDARSEG_PLAIN_C)
#define HAS_VECTORS 1
typedef float vector __attribute__((vector_size(16)));
typedef int32_t mask __attribute__((vector_size(16)));
typedef float vector_in_memory __attribute__((vector_size(16), aligned(4), may_alias));

static inline vector load(const float *from) { return *(const vector_in_memory *)from; }

static inline void store(float *to, vector value) { *(vector_in_memory *)to = value; }
#endif
