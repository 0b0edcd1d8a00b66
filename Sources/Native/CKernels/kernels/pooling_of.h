// Maxima over windows of VALUE elements, WIDTH of them in a VECTOR; OF(name) is a name of its own. The file
// is included once for each kind of element.
/// Where to find an element: `from + index * step`, the index held between two bounds. Beyond the
/// border stands the border's own element, which every window that reaches it covers, too.
typedef struct {
  const VALUE *from;
  size_t step;
  ptrdiff_t first;
  ptrdiff_t last;
} OF(element_row);

INLINE VECTOR OF(element)(OF(element_row) row, ptrdiff_t index, size_t offset, size_t count, const int whole) {
  ptrdiff_t held = index < row.first ? row.first : index > row.last ? row.last : index;
  const VALUE *from = row.from + held * (ptrdiff_t)row.step + offset;
  return whole ? LOAD(from) : LOAD_SOME(from, count);
}

/// The maxima of `windows` windows of `kernel` elements, the first of which starts at `start`; vector
/// by vector over `count` VALUEs.
INLINE void OF(write_maxima)(
    const int windows, OF(element_row) row, ptrdiff_t start, ptrdiff_t kernel, size_t count, VALUE *to,
    size_t to_step) {
  for (size_t i = 0; i < count; i += WIDTH) {
    size_t left = count - i;
    const int whole = left >= WIDTH;
#define ELEMENT(index) (whole ? OF(element)(row, index, i, left, 1) : OF(element)(row, index, i, left, 0))
    VECTOR common = ELEMENT(start + windows - 1);
    for (ptrdiff_t k = windows; k < kernel; k++) common = MAXIMUM(ELEMENT(start + k), common);
    VECTOR results[window_group];
    UNROLL for (int w = 0; w < windows; w++) results[w] = common;
    if (windows > 1) {
      VECTOR before = ELEMENT(start + windows - 2), behind = ELEMENT(start + kernel);
      UNROLL for (int w = 1; w < windows; w++) {
        results[windows - 1 - w] = MAXIMUM(before, results[windows - 1 - w]);
        results[w] = MAXIMUM(behind, results[w]);
        if (w + 1 < windows) {
          before = MAXIMUM(ELEMENT(start + windows - 2 - w), before);
          behind = MAXIMUM(ELEMENT(start + kernel + w), behind);
        }
      }
    }
#undef ELEMENT
    UNROLL for (int w = 0; w < windows; w++) {
      VALUE *target = to + (size_t)w * to_step + i;
      if (whole) {
        STORE(target, results[w]);
      } else {
        STORE_SOME(target, results[w], left);
      }
    }
  }
}

/// Writes the maxima down the columns of some rows, one dense row behind the other.
static void OF(pool_columns)(
    const ckernels_pooling *pooling, size_t row, size_t rows, VALUE *to) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  size_t length = input->width * input->channels;
  ptrdiff_t start =
      (ptrdiff_t)(row % output->height * pooling->step_y) - (ptrdiff_t)pooling->top;
  OF(element_row) column = {
      .from = (const VALUE *)input->base + row / output->height * input->height * input->width * input->stride,
      .step = input->width * input->stride,
      .first = 0,
      .last = (ptrdiff_t)input->height - 1,
  };
  int dense = input->stride == input->channels;
  for (size_t x = 0; x < (dense ? 1 : input->width); x++) {
    size_t count = dense ? length : input->channels;
    if (rows == window_group) {
      OF(write_maxima)(
          window_group, column, start, (ptrdiff_t)pooling->kernel_height, count, to, length);
    } else {
      OF(write_maxima)(1, column, start, (ptrdiff_t)pooling->kernel_height, count, to, length);
    }
    column.from += input->stride;
    to += input->channels;
  }
}

/// Writes the maxima along one dense row to a row of the output.
static void OF(pool_along)(const ckernels_pooling *pooling, const VALUE *from, size_t row) {
  const ckernels_image *input = &pooling->input, *output = &pooling->output;
  OF(element_row) pixels = {
      .from = from,
      .step = input->channels,
      .first = 0,
      .last = (ptrdiff_t)input->width - 1,
  };
  VALUE *to = (VALUE *)output->base + row * output->width * output->stride;
  for (size_t x = 0; x < output->width;) {
    size_t windows = windows_at_once(pooling->kernel_width, pooling->step_x, output->width - x);
    ptrdiff_t start = (ptrdiff_t)(x * pooling->step_x) - (ptrdiff_t)pooling->left;
    ptrdiff_t kernel = (ptrdiff_t)pooling->kernel_width;
    if (windows == window_group) {
      OF(write_maxima)(
          window_group, pixels, start, kernel, input->channels, to + x * output->stride,
          output->stride);
    } else {
      OF(write_maxima)(
          1, pixels, start, kernel, input->channels, to + x * output->stride, output->stride);
    }
    x += windows;
  }
}

static void OF(pool)(
    const ckernels_pooling *pooling, size_t first_row, size_t end_row, VALUE *scratch) {
  size_t height = pooling->output.height;
  for (size_t row = first_row; row < end_row;) {
    size_t left = smaller(end_row - row, height - row % height);
    size_t rows = windows_at_once(pooling->kernel_height, pooling->step_y, left);
    OF(pool_columns)(pooling, row, rows, scratch);
    for (size_t i = 0; i < rows; i++) {
      OF(pool_along)(
          pooling, scratch + i * pooling->input.width * pooling->input.channels, row + i);
    }
    row += rows;
  }
}
