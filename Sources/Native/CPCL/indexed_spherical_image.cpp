#include "indexed_spherical_image.hpp"

#include <cmath>
#include <cstring>
#include <limits>

// Ranges must not depend on whether a compiler fuses multiplications: ties are told by them.
#pragma clang fp contract(off)

namespace {

constexpr double degrees_per_radian = 180 / M_PI;
constexpr size_t lanes = 512;
/// More than the angles of `measure` are wrong by, in radians. Points this near an edge of a cell
/// are placed again with libm in double precision.
constexpr double doubt = 4e-6;
/// Between these, squares neither vanish nor overflow.
constexpr float shortest = 1e-15f, longest = 1e18f;
constexpr uint64_t nothing = ~uint64_t{0};

/// The arc tangent of a number from 0 to 1, to 1e-7.
inline float arc_tangent(float q) {
  const float s = q * q;
  float sum = -0.00170117011f;
  sum = sum * s + 0.0104876496f;
  sum = sum * s - 0.030351866f;
  sum = sum * s + 0.057089556f;
  sum = sum * s - 0.0834972486f;
  sum = sum * s + 0.109323412f;
  sum = sum * s - 0.142600164f;
  sum = sum * s + 0.199980751f;
  sum = sum * s - 0.333332777f;
  return (sum * s + 1) * q;
}

/// atan2(y, x) for x, y that are not both 0; NaN where they are.
inline float angle(float y, float x) {
  const float across = std::fabs(y), along = std::fabs(x);
  const float larger = across > along ? across : along;
  const float smaller = across > along ? along : across;
  float a = arc_tangent(smaller / larger);
  a = across > along ? float(M_PI_2) - a : a;
  a = x < 0 ? float(M_PI) - a : a;
  return y < 0 ? -a : a;
}

pcl::RangeImageSpherical prepared() {
  // PCL fills its tables in the first image's constructor and without a lock; a static of ours
  // makes sure that one thread does.
  static const pcl::RangeImageSpherical first;
  return first;
}

}  // namespace

struct IndexedSphericalImage::Block {
  float range[lanes], column[lanes], row[lanes];
};

struct IndexedSphericalImage::Place {
  enum Reason { inside, invalid, beside, beyond, above, below, between };
  Reason reason;
  int32_t cell;
  float range;
};

IndexedSphericalImage::IndexedSphericalImage(const cpcl_sphere &sphere)
    : pcl::RangeImageSpherical(prepared()),
      sphere_(sphere),
      turn_(sphere.columns * 360.0 / sphere.span) {
  setAngularResolution(float(sphere.span / sphere.columns / degrees_per_radian),
                       float(sphere.height / sphere.rows / degrees_per_radian));
  getCoordinateFrameTransformation(LASER_FRAME, to_world_system_);
  to_range_image_system_ = to_world_system_.inverse(Eigen::Isometry);
  width = uint32_t(sphere.columns);
  height = uint32_t(sphere.rows);
  image_offset_x_ = int(std::floor((180 - sphere.left) * sphere.columns / sphere.span));
  image_offset_y_ = int(std::floor((90 - sphere.top) * sphere.rows / sphere.height));
}

// The rounding rule: column = floor((left - azimuth) * columns / span), angles in degrees, azimuth
// = atan2(y, x), taken around the circle so that it is at least 0. A point on an edge between two
// columns belongs to the right one. Rows are floor((top - elevation) * rows / height), downwards.
double IndexedSphericalImage::column_of(double x, double y) const {
  const double azimuth = std::atan2(y, x) * degrees_per_radian;
  const double column = (sphere_.left - azimuth) * sphere_.columns / sphere_.span;
  const double turned = column - turn_ * std::floor(column / turn_);
  return turned < turn_ ? turned : 0;
}

double IndexedSphericalImage::row_of(double rho, double z) const {
  const double elevation = std::atan2(z, rho) * degrees_per_radian;
  return (sphere_.top - elevation) * sphere_.rows / sphere_.height;
}

void IndexedSphericalImage::getImagePoint(const Eigen::Vector3f &point, float &image_x,
                                          float &image_y, float &range) const {
  const Eigen::Vector3f seen = to_range_image_system_ * point;
  range = seen.norm();
  image_x = float(column_of(seen[2], -seen[0]) - 0.5);
  image_y = float(row_of(std::hypot(seen[0], seen[2]), -seen[1]) - 0.5);
}

/// Ranges and places of a block of points in loops that the compiler vectorizes. PCL's laser frame
/// only swaps axes, so that the points are taken as they are.
void IndexedSphericalImage::measure(const PointArrays &points, size_t start, Block &block) const {
  const size_t count = std::min(lanes, points.count - start);
  const float *x = points.x + start, *y = points.y + start, *z = points.z + start;
  const float left = float(sphere_.left / degrees_per_radian);
  const float columns = float(turn_ / (2 * M_PI)), turn = float(turn_);
  for (size_t i = 0; i < count; ++i) {
    block.range[i] = __builtin_elementwise_sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
    float column = (left - angle(y[i], x[i])) * columns;
    column = column < 0 ? column + turn : column;
    block.column[i] = column >= turn ? column - turn : column;
  }
  if (points.row) return;
  const float top = float(sphere_.top / degrees_per_radian);
  const float rows = float(sphere_.rows / sphere_.height * degrees_per_radian);
  for (size_t i = 0; i < count; ++i) {
    const float rho = __builtin_elementwise_sqrt(x[i] * x[i] + y[i] * y[i]);
    block.row[i] = (top - angle(z[i], rho)) * rows;
  }
}

IndexedSphericalImage::Place IndexedSphericalImage::place_at(double column, double row,
                                                             double range,
                                                             const int32_t *given) const {
  if (column >= sphere_.columns) return {Place::beside, -1, 0};
  if (range > sphere_.maximum_range || range > std::numeric_limits<float>::max())
    return {Place::beyond, -1, 0};
  if (given) {
    if (*given < 0)
      return {*given == -1 ? Place::above : *given == -2 ? Place::below : Place::between, -1, 0};
    row = *given;
  }
  if (row < 0) return {Place::above, -1, 0};
  if (row >= sphere_.rows) return {Place::below, -1, 0};
  return {Place::inside, int32_t(row) * sphere_.columns + int32_t(column), float(range)};
}

IndexedSphericalImage::Place IndexedSphericalImage::place_exactly(const PointArrays &points,
                                                                  size_t point) const {
  const double x = points.x[point], y = points.y[point], z = points.z[point];
  if (!std::isfinite(x) || !std::isfinite(y) || !std::isfinite(z) || (x == 0 && y == 0 && z == 0))
    return {Place::invalid, -1, 0};
  const float near = std::sqrt(points.x[point] * points.x[point] +
                               points.y[point] * points.y[point] +
                               points.z[point] * points.z[point]);
  const double range =
      near > shortest && near < longest ? double(near) : std::sqrt(x * x + y * y + z * z);
  const int32_t *given = points.row ? points.row + point : nullptr;
  return place_at(column_of(x, y), given ? 0 : row_of(std::hypot(x, y), z), range, given);
}

IndexedSphericalImage::Place IndexedSphericalImage::place(const PointArrays &points, size_t point,
                                                          const Block &block, size_t lane) const {
  const float range = block.range[lane], column = block.column[lane];
  const float slack = float(doubt * turn_ / (2 * M_PI));
  const bool is_usual = range > shortest && range < longest && column >= 0 &&
                        column < float(turn_) - slack && turn_ < 1e5;
  if (!is_usual) return place_exactly(points, point);
  const float across = column - float(int32_t(column));
  bool is_certain = across > slack && across < 1 - slack;
  if (points.row) {
    return is_certain ? place_at(column, 0, range, points.row + point)
                      : place_exactly(points, point);
  }
  const float row = block.row[lane];
  if (!(std::fabs(row) < 1e5f)) return place_exactly(points, point);
  const float down = row - std::floor(row);
  const float row_slack = float(doubt * sphere_.rows / sphere_.height * degrees_per_radian);
  is_certain = is_certain && down > row_slack && down < 1 - row_slack;
  return is_certain ? place_at(column, row, range, nullptr) : place_exactly(points, point);
}

void IndexedSphericalImage::project(const PointArrays &points, const CellArrays &cells,
                                    int32_t *cell, uint8_t *fate,
                                    cpcl_outside_counts &outside) const {
  // A cell's nearest point has the least range in the upper half and index in the lower half:
  // ranges are positive, so their bits order as they do.
  std::vector<uint64_t> nearest(size_t(sphere_.rows) * size_t(sphere_.columns), nothing);
  size_t reasons[7] = {};
  Block block;
  for (size_t point = 0; point < points.count; ++point) {
    if (point % lanes == 0) measure(points, point, block);
    const Place found = place(points, point, block, point % lanes);
    cell[point] = found.cell;
    if (found.reason != Place::inside) {
      fate[point] = found.reason == Place::invalid ? cpcl_invalid : cpcl_outside;
      ++reasons[found.reason];
      continue;
    }
    fate[point] = cpcl_shadowed;
    uint32_t bits;
    std::memcpy(&bits, &found.range, sizeof bits);
    const uint64_t key = uint64_t{bits} << 32 | uint32_t(point);
    uint64_t &best = nearest[size_t(found.cell)];
    best = key < best ? key : best;
  }
  for (size_t i = 0; i < nearest.size(); ++i) {
    const bool is_empty = nearest[i] == nothing;
    const uint32_t point = is_empty ? 0 : uint32_t(nearest[i]);
    const uint32_t bits = is_empty ? 0 : uint32_t(nearest[i] >> 32);
    std::memcpy(&cells.range[i], &bits, sizeof bits);
    cells.index[i] = is_empty ? -1 : int32_t(point);
    cells.x[i] = is_empty ? 0 : points.x[point];
    cells.y[i] = is_empty ? 0 : points.y[point];
    cells.z[i] = is_empty ? 0 : points.z[point];
    cells.intensity[i] = is_empty ? 0 : points.intensity[point];
    if (points.label) cells.label[i] = is_empty ? 0 : points.label[point];
    if (!is_empty) fate[point] = cpcl_visible;
  }
  outside = {reasons[Place::beside], reasons[Place::beyond], reasons[Place::above],
             reasons[Place::below], reasons[Place::between]};
}
