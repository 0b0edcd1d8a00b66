#include "cpcl_boxes.h"

#include <Eigen/Geometry>
#include <vector>

namespace {

using Projection = Eigen::Matrix<double, 3, 4>;
using RowMajor33 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;
using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

// Unaligned, so that a vector of them needs no allocator of Eigen's.
using Transform = Eigen::Transform<double, 3, Eigen::AffineCompact, Eigen::DontAlign>;

Transform rectified_from_lidar(const cpcl_camera &camera) {
  Transform rigid;
  rigid.matrix() = Eigen::Map<const RowMajor34>(camera.camera_from_lidar);
  Transform rectification = Transform::Identity();
  rectification.linear() = Eigen::Map<const RowMajor33>(camera.rectification);
  return rectification * rigid;
}

// A box's own frame: x along its length, y up to minus its height, z along its width.
struct OwnFrame {
  Transform from_camera;
  Eigen::Vector3d half;
  uint8_t kind;

  explicit OwnFrame(const cpcl_box &box)
      : half(box.length / 2, box.height / 2, box.width / 2), kind(box.kind) {
    Transform placed = Transform::Identity();
    placed.translate(Eigen::Vector3d(box.x, box.y - box.height / 2, box.z));
    placed.rotate(Eigen::AngleAxisd(box.yaw, Eigen::Vector3d::UnitY()));
    from_camera = placed.inverse(Eigen::Isometry);
  }

  bool holds(const Eigen::Vector3d &point) const {
    return ((from_camera * point).array().abs() <= half.array()).all();
  }
};

bool holds(const cpcl_region &region, double column, double row) {
  return column >= region.left && column <= region.right && row >= region.top &&
         row <= region.bottom;
}

}  // namespace

void cpcl_classes_in_boxes(const float *x, const float *y, const float *z, size_t count,
                           cpcl_camera camera, const cpcl_box *boxes, size_t box_count,
                           const cpcl_region *regions, size_t region_count, uint8_t masked,
                           uint8_t outside, uint8_t *kinds) {
  const Transform rectified = rectified_from_lidar(camera);
  const Projection projection = Eigen::Map<const RowMajor34>(camera.projection);
  std::vector<OwnFrame> frames;
  frames.reserve(box_count);
  for (size_t i = 0; i < box_count; i++) frames.emplace_back(boxes[i]);
  for (size_t i = 0; i < count; i++) {
    const Eigen::Vector3d point = rectified * Eigen::Vector3d(x[i], y[i], z[i]);
    const Eigen::Vector3d image = projection * point.homogeneous();
    const double column = image.x() / image.z(), row = image.y() / image.z();
    // A coordinate that is not a number fails every comparison, so such a point is outside.
    kinds[i] = outside;
    if (!(point.z() > 0 && image.z() > 0 && column >= 0 && column < camera.image_width &&
          row >= 0 && row < camera.image_height))
      continue;
    kinds[i] = 0;
    for (size_t j = 0; j < region_count; j++)
      if (holds(regions[j], column, row)) kinds[i] = masked;
    for (const OwnFrame &frame : frames)
      if (frame.holds(point)) kinds[i] = frame.kind;
  }
}
