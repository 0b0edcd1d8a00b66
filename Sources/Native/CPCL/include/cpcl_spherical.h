#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The directions that an image's cells look in. Degrees; x forward, y left, z up.
typedef struct cpcl_sphere {
  int32_t rows;
  int32_t columns;
  /// Azimuth of the left edge, from -180 up to below 360, and how far the columns reach to the
  /// right of it, above 0 and at most 360.
  double left;
  double span;
  /// Elevation of the upper edge, and how far the rows reach below it, above 0.
  double top;
  double height;
  /// Points beyond it, in metres, are outside.
  double maximum_range;
} cpcl_sphere;

/// What became of a point.
enum {
  cpcl_visible = 0,
  cpcl_shadowed = 1,
  cpcl_outside = 2,
  cpcl_invalid = 3,
};

/// How many points are outside, by the first reason that holds.
typedef struct cpcl_outside_counts {
  size_t beside;
  size_t beyond;
  size_t above;
  size_t below;
  size_t between;
} cpcl_outside_counts;

/// Projects `count` points: the nearest in each cell is kept, and the first of equally near ones.
///
/// `row` gives the row of each point, or is negative: -1 above all rows, -2 below, -3 between; null
/// where rows follow from elevation. `label` is null where points have no labels.
/// For each cell, row by row, `range` and what follows it get what its point has; an empty cell has
/// index -1 and 0 elsewhere. `cell_label` is not touched where there are no labels.
/// For each point, `cell` gets the cell it falls into, or -1; `fate` what became of it.
/// Returns 0, or -1 where memory is short.
int cpcl_spherical_project(const cpcl_sphere *_Nonnull sphere, size_t count,
                           const float *_Nonnull x, const float *_Nonnull y,
                           const float *_Nonnull z, const float *_Nonnull intensity,
                           const int32_t *_Nullable row, const uint32_t *_Nullable label,
                           float *_Nonnull range, float *_Nonnull cell_x, float *_Nonnull cell_y,
                           float *_Nonnull cell_z, float *_Nonnull cell_intensity,
                           int32_t *_Nonnull index, uint32_t *_Nonnull cell_label,
                           int32_t *_Nonnull cell, uint8_t *_Nonnull fate,
                           cpcl_outside_counts *_Nonnull outside);

/// Where PCL's own interface (`getImagePoint`) puts a point on the image that
/// `cpcl_spherical_project` makes; a whole number is the centre of a cell.
int cpcl_spherical_image_point(const cpcl_sphere *_Nonnull sphere, float x, float y, float z,
                               float *_Nonnull column, float *_Nonnull row, float *_Nonnull range);

/// The range image of the whole sphere that PCL itself makes, without our class, with cells of
/// 360/columns by 180/rows degrees. `range` has room for rows * columns values, and gets 0 where
/// nothing was observed. Returns 0; -1 where memory is short; -2 where PCL's image has other sizes.
int cpcl_pcl_image(size_t count, const float *_Nonnull x, const float *_Nonnull y,
                   const float *_Nonnull z, int32_t rows, int32_t columns, float *_Nonnull range);

#ifdef __cplusplus
}
#endif
