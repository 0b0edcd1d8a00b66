// A context aggregation: the greatest of what lies around a pixel says, through two products, how much
// of each of its channels passes.
struct aggregation {
  ptrdiff_t images;
  ptrdiff_t height;
  ptrdiff_t width;
  ptrdiff_t above; // rows of the window before a pixel and behind it, then columns
  ptrdiff_t below;
  ptrdiff_t before;
  ptrdiff_t behind;
  size_t channels;
  size_t stride;
  const struct product *squeeze; // its result is four rows of the excitation's depth
  const struct product *excitation;
};
