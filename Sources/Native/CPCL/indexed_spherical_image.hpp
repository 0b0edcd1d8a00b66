#pragma once

#include "boost_enums.hpp"

#include <pcl/range_image/range_image_spherical.h>

#include <vector>

#include "cpcl_spherical.h"

/// Points as one array per property; see cpcl_spherical_project.
struct PointArrays {
  size_t count;
  const float *x, *y, *z, *intensity;
  const int32_t *row;
  const uint32_t *label;
};

/// What an image holds for each cell; see cpcl_spherical_project.
struct CellArrays {
  float *range, *x, *y, *z, *intensity;
  int32_t *index;
  uint32_t *label;
};

/// PCL's spherical image, whose cells remember which point they show, its intensity and its label.
///
/// Geometry, frame and interface are PCL's. Three things differ. Angles are exact: PCL takes them
/// from tables of 6,000 entries. The image may start anywhere: PCL's offsets are whole cells. And a
/// point fills the cell it is in and no other: PCL smears it into empty neighbours.
class IndexedSphericalImage : public pcl::RangeImageSpherical {
public:
  explicit IndexedSphericalImage(const cpcl_sphere &sphere);

  using pcl::RangeImageSpherical::getImagePoint;

  /// PCL's convention: a whole number is the centre of a cell, so rounding gives the cell.
  void getImagePoint(const Eigen::Vector3f &point, float &image_x, float &image_y,
                     float &range) const override;

  void project(const PointArrays &points, const CellArrays &cells, int32_t *cell, uint8_t *fate,
               cpcl_outside_counts &outside) const;

private:
  struct Block;
  struct Place;

  double column_of(double x, double y) const;
  double row_of(double rho, double z) const;
  void measure(const PointArrays &points, size_t start, Block &block) const;
  Place place(const PointArrays &points, size_t point, const Block &block, size_t lane) const;
  Place place_exactly(const PointArrays &points, size_t point) const;
  Place place_at(double column, double row, double range, const int32_t *given) const;

  cpcl_sphere sphere_;
  /// Columns of a whole turn.
  double turn_;
};
