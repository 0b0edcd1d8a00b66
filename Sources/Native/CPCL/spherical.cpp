#include "indexed_spherical_image.hpp"

#include <pcl/point_types.h>

#include <cmath>
#include <limits>

int cpcl_spherical_project(const cpcl_sphere *sphere, size_t count, const float *x, const float *y,
                           const float *z, const float *intensity, const int32_t *row,
                           const uint32_t *label, float *range, float *cell_x, float *cell_y,
                           float *cell_z, float *cell_intensity, int32_t *index,
                           uint32_t *cell_label, int32_t *cell, uint8_t *fate,
                           cpcl_outside_counts *outside) try {
  const PointArrays points{count, x, y, z, intensity, row, label};
  const CellArrays cells{range, cell_x, cell_y, cell_z, cell_intensity, index, cell_label};
  IndexedSphericalImage(*sphere).project(points, cells, cell, fate, *outside);
  return 0;
} catch (const std::exception &) {
  return -1;
}

int cpcl_spherical_image_point(const cpcl_sphere *sphere, float x, float y, float z, float *column,
                               float *row, float *range) try {
  const IndexedSphericalImage image(*sphere);
  const pcl::RangeImage &as_pcl_sees_it = image;
  as_pcl_sees_it.getImagePoint(Eigen::Vector3f(x, y, z), *column, *row, *range);
  return 0;
} catch (const std::exception &) {
  return -1;
}

int cpcl_pcl_image(size_t count, const float *x, const float *y, const float *z, int32_t rows,
                   int32_t columns, float *range) try {
  pcl::PointCloud<pcl::PointXYZ> cloud;
  cloud.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    // PCL skips what is not finite, and divides by the range.
    if (x[i] == 0 && y[i] == 0 && z[i] == 0) continue;
    cloud.emplace_back(x[i], y[i], z[i]);
  }
  // A hair more than the whole sphere: PCL rounds the count of cells down.
  const float hair = 1.00001f;
  pcl::RangeImageSpherical image;
  image.createFromPointCloud(cloud, float(2 * M_PI / columns), float(M_PI / rows),
                             hair * float(2 * M_PI), hair * float(M_PI),
                             Eigen::Affine3f::Identity(), pcl::RangeImage::LASER_FRAME, 0.0f, 0.0f,
                             std::numeric_limits<int>::min());
  if (image.width != uint32_t(columns) || image.height != uint32_t(rows)) return -2;
  for (size_t i = 0; i < image.size(); ++i)
    range[i] = std::isfinite(image[i].range) ? image[i].range : 0;
  return 0;
} catch (const std::exception &) {
  return -1;
}
