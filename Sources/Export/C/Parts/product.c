// Weights that rows of numbers are multiplied with: for each four results in turn, `depth` times four
// weights; results and depth are filled up with zeros to multiples of four.
struct product {
  const void *weights; // floats, or signed bytes
  const float *rescale; // what the sums of whole numbers are multiplied with, by channel
  size_t depth;
  size_t channels;
  struct ending ending;
};
