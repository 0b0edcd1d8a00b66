// Kernels for networks on range images.
//
// One source is compiled for several instruction sets; a program asks for the best that its processor
// has. Images are row-major, with the channels of a pixel adjacent; their elements are float32, or bytes
// that stand for numbers. A stride counts elements from one pixel to the next. Nothing here allocates
// memory or starts threads.
#ifndef LIDARSEG_CKERNELS_H
#define LIDARSEG_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Instruction sets, each a superset of those before it.
typedef enum {
  ckernels_portable = 0,
  ckernels_avx2 = 1,
  ckernels_avx512 = 2,
  /// With VNNI: sums of four products of bytes at once.
  ckernels_avx512vnni = 3,
} ckernels_instructions;

/// What a byte stands for: `scale * (byte - zero)`. Where the scale is 0, elements are float32.
typedef struct {
  float scale;
  /// 1 / scale
  float inverse;
  /// A whole number of 0 to 255.
  float zero;
} ckernels_quantization;

/// The pixels of an image that is read beside another.
typedef struct {
  const void *_Nullable base;
  size_t stride;
  ckernels_quantization quantization;
} ckernels_pixels;

typedef enum {
  ckernels_identity = 0,
  ckernels_relu = 1,
  ckernels_sigmoid = 2,
} ckernels_activation;

/// What happens to each sum before it is stored, in this order: a bias is added, the activation
/// applied, the channel scaled and shifted, another image added or multiplied, the result rounded to bytes.
/// Whatever is NULL is left out. The vectors per channel are padded to `padded_count(outputs)` elements.
typedef struct {
  const float *_Nullable bias;
  ckernels_activation activation;
  const float *_Nullable scale;
  const float *_Nullable shift;
  ckernels_pixels addend;
  ckernels_pixels factor;
  /// How the result is stored.
  ckernels_quantization result;
} ckernels_epilogue;

/// Products of pixels with one matrix: a convolution of one pixel's width.
typedef struct {
  const float *input;
  size_t input_stride;
  size_t inputs;
  void *output;
  size_t output_stride;
  size_t outputs;
  /// As `pack` leaves them.
  const float *weights;
  ckernels_epilogue epilogue;
} ckernels_product;

/// An image, or several of one size that follow each other.
typedef struct {
  void *base;
  size_t stride;
  size_t height;
  size_t width;
  size_t channels;
} ckernels_image;

/// Adjacent channels of an input that move alike: they are read from one row and one column further on, or
/// back.
typedef struct {
  size_t first;
  size_t count;
  ptrdiff_t rows;
  ptrdiff_t columns;
} ckernels_shift_group;

/// A convolution by a window that slides over rows which are padded with zeros.
typedef struct {
  ckernels_image input;
  ckernels_image output;
  size_t kernel_height;
  size_t kernel_width;
  size_t step_y;
  size_t step_x;
  /// Padding before the first row and column; negative where the window starts behind it.
  ptrdiff_t top;
  ptrdiff_t left;
  /// Sums go to the output's columns `first_column + i * column_step`, one for each i below `columns`.
  size_t first_column;
  size_t column_step;
  size_t columns;
  /// As `pack` leaves [kernel_height * kernel_width * inputs][outputs], or, where the input is bytes, as
  /// `pack_bytes` does.
  const void *_Nullable weights;
  ckernels_epilogue epilogue;
  /// What sums over bytes are multiplied by, and what is then added, for each output; NULL where the
  /// input is floats.
  const float *_Nullable rescale;
  const float *_Nullable offset;
  /// The byte beyond the border.
  uint8_t padding;
  /// Where each input channel has one weight only, at a place in the window of 3 x 3 that its group tells; the
  /// groups follow each other, in whole groups of 4 channels but for the last. NULL for whole windows.
  const ckernels_shift_group *_Nullable groups;
  size_t group_count;
} ckernels_convolution;

/// A convolution of each channel by itself.
typedef struct {
  ckernels_image input;
  /// What the input's bytes stand for, if it is bytes.
  ckernels_quantization quantization;
  ckernels_image output;
  size_t kernel_height;
  size_t kernel_width;
  size_t step_y;
  size_t step_x;
  size_t dilation_y;
  size_t dilation_x;
  size_t top;
  size_t left;
  /// [kernel_height * kernel_width][channels]
  const float *weights;
  size_t weights_stride;
  ckernels_epilogue epilogue;
} ckernels_depthwise;

/// A 3 x 3 convolution in steps of one by Winograd's minimal filtering, F(tile_height x tile_width,
/// 3 x 3): Lavin and Gray, arXiv 1509.09308, section 4.
typedef struct {
  ckernels_image input;
  ckernels_image output;
  /// Outputs that a tile makes along each axis: 2 or 4.
  size_t tile_height;
  size_t tile_width;
  /// As `winograd_pack` leaves them, or, where the input is bytes, `winograd_pack_bytes`.
  const void *weights;
  ckernels_epilogue epilogue;
  /// How many tiles are transformed before they are multiplied.
  size_t block;
  /// What sums over bytes are multiplied by, and what is then added, for each output; NULL where the
  /// input is floats.
  const float *_Nullable rescale;
  const float *_Nullable offset;
  /// The byte beyond the border.
  uint8_t padding;
} ckernels_winograd;

/// The most inputs over which Winograd's sums of bytes stay below 2^31: 9 sums of products of 4 * 255 and 9 * 127.
enum { ckernels_most_byte_winograd_inputs = 204 };

/// A transposed matrix of pixels times another one: `sum += input^T gradient`.
typedef struct {
  const float *input;
  size_t input_stride;
  size_t inputs;
  const float *gradient;
  size_t gradient_stride;
  size_t outputs;
  size_t pixels;
  /// [inputs][outputs]
  float *sum;
  size_t sum_stride;
} ckernels_transposed_product;

/// Maxima over windows, padded by what is never the greatest.
typedef struct {
  ckernels_image input;
  ckernels_image output;
  size_t kernel_height;
  size_t kernel_width;
  size_t step_y;
  size_t step_x;
  size_t top;
  size_t left;
  /// Whether elements are bytes.
  int bytes;
} ckernels_pooling;

/// The way back from maxima to the places in their windows, which a pooling stored.
typedef struct {
  /// With respect to the maxima.
  ckernels_image gradient;
  const float *places;
  size_t places_stride;
  /// As large as what was pooled.
  ckernels_image output;
  size_t kernel_height;
  size_t kernel_width;
  size_t step_y;
  size_t step_x;
  size_t top;
  size_t left;
} ckernels_unpooling;

/// Normalisation `(image - mean) * scale + shift` of each channel and what follows it, or the way back.
typedef struct {
  const float *image;
  size_t image_stride;
  /// With respect to the result; for the way back only.
  const float *_Nullable gradient;
  size_t gradient_stride;
  /// Not for the sums.
  float *_Nullable result;
  size_t result_stride;
  size_t channels;
  const float *mean;
  const float *scale;
  const float *shift;
  /// What follows; on the way back nothing or a ReLU.
  ckernels_activation activation;
  /// For the gradient: `given * scale - offset - (image - mean) * slope`.
  const float *_Nullable slope;
  const float *_Nullable offset;
  /// Whether the gradient is 0 where the image is not positive.
  int rectified;
} ckernels_normalization;

/// The most rows that the window of a convolution, or of a pooling with places, may have.
enum { ckernels_largest_kernel_height = 16 };

/// The kernels of one instruction set.
typedef struct {
  const char *name;
  /// Floats of a vector.
  size_t lanes;

  /// The floats that a vector over `channels` is padded to.
  size_t (*padded_count)(size_t channels);

  /// The floats of a packed matrix.
  size_t (*packed_count)(size_t rows, size_t columns);
  /// Rearranges a row-major matrix for products.
  void (*pack)(const float *matrix, size_t stride, size_t rows, size_t columns, float *packed);
  /// The bytes of memory of weights for an input of bytes.
  size_t (*packed_byte_count)(size_t taps, size_t inputs, size_t outputs);
  /// Gives the step of each output: a 127th of its greatest weight.
  void (*byte_steps)(
      const float *weights, size_t stride, size_t rows, size_t outputs, float *steps);
  /// Rounds weights `[taps][inputs][outputs]` to whole steps and rearranges them; gives the sum of the
  /// steps for each output.
  void (*pack_bytes)(
      const float *weights, size_t stride, size_t taps, size_t inputs, size_t outputs,
      const float *steps, void *packed, float *sums);
  /// Computes the outputs of some pixels.
  void (*multiply)(const ckernels_product *, size_t first_pixel, size_t end_pixel);

  /// Adds the products of some pixels.
  void (*add_transposed_product)(const ckernels_transposed_product *);

  /// Floats of scratch memory that a call of `convolve` needs.
  size_t (*convolution_scratch_count)(const ckernels_convolution *);
  /// Computes some rows of the output, counted through all images.
  void (*convolve)(const ckernels_convolution *, size_t first_row, size_t end_row, float *scratch);

  /// Computes some rows of the output, counted through all images.
  void (*convolve_depthwise)(const ckernels_depthwise *, size_t first_row, size_t end_row);

  size_t (*winograd_packed_count)(size_t tile_height, size_t tile_width, size_t inputs, size_t outputs);
  /// Transforms weights `[3][3][inputs][outputs]`, `stride` floats from one input to the next.
  void (*winograd_pack)(
      size_t tile_height, size_t tile_width, const float *weights, size_t stride, size_t inputs,
      size_t outputs, float *packed);
  /// A block that fits the second cache together with its transforms.
  size_t (*winograd_block)(size_t tile_height, size_t tile_width, size_t inputs, size_t outputs);
  size_t (*winograd_scratch_count)(const ckernels_winograd *);
  /// Computes some tiles, counted through all images row by row.
  void (*winograd)(const ckernels_winograd *, size_t first_tile, size_t end_tile, float *scratch);

  /// The same over bytes, in tiles of 2 x 2; NULL where `convolve` is as fast. The weights' bytes of memory:
  size_t (*_Nullable winograd_packed_byte_count)(size_t inputs, size_t outputs);
  /// Rounds weights `[3][3][inputs][outputs]` as `pack_bytes` does, and transforms them.
  void (*_Nullable winograd_pack_bytes)(
      const float *weights, size_t stride, size_t inputs, size_t outputs, const float *steps,
      void *packed, float *sums);
  /// A block that fits a cache together with its transforms.
  size_t (*_Nullable winograd_byte_block)(size_t inputs, size_t outputs);
  /// Computes some tiles; the scratch is what `winograd_scratch_count` says.
  void (*_Nullable winograd_of_bytes)(
      const ckernels_winograd *, size_t first_tile, size_t end_tile, float *scratch);

  size_t (*pooling_scratch_count)(const ckernels_pooling *);
  /// Computes some rows of the output, counted through all images.
  void (*pool)(const ckernels_pooling *, size_t first_row, size_t end_row, float *scratch);

  size_t (*placed_pooling_scratch_count)(const ckernels_pooling *);
  /// Computes some rows of the output, which has the maxima and then, for each, its place in the window: the
  /// first of equal ones, row by row.
  void (*pool_with_places)(
      const ckernels_pooling *, size_t first_row, size_t end_row, float *scratch);
  size_t (*unpooling_scratch_count)(const ckernels_unpooling *);
  /// Computes some rows of the output, counted through all images.
  void (*unpool)(
      const ckernels_unpooling *, size_t first_row, size_t end_row, float *scratch);

  /// Normalises some pixels.
  void (*normalize)(const ckernels_normalization *, size_t first_pixel, size_t end_pixel);
  /// Adds, for each channel, the gradients of some pixels and, `channels` floats behind, their products with
  /// the distance to the mean.
  void (*add_normalization_sums)(
      const ckernels_normalization *, size_t first_pixel, size_t end_pixel, float *sums);
  /// Computes the gradient with respect to the image at some pixels.
  void (*write_normalization_gradient)(
      const ckernels_normalization *, size_t first_pixel, size_t end_pixel);

  /// The class of the greatest of each pixel's scores, `classes` of them (1 to 256) one behind the other, the
  /// first of equal ones; and its softmax.
  void (*classify)(
      const float *scores, size_t classes, size_t pixels, uint8_t *best, float *probability);

  /// Multiplies as fast as the processor can, with the two numbers at `result`, and leaves a sum there so
  /// that nothing is left out; gives the number of multiplications.
  double (*multiply_floats)(size_t rounds, float *result);
  double (*multiply_bytes)(size_t rounds, float *result);
} ckernels;

/// The kernels of an instruction set; NULL where this processor or this build lacks it.
const ckernels *_Nullable ckernels_with(ckernels_instructions instructions);

#pragma clang assume_nonnull end

#endif
