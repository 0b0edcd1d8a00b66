#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A camera and where the LiDAR is in it; matrices row by row.
typedef struct cpcl_camera {
  /// 3x4: points of the LiDAR into the reference camera's frame.
  const double *_Nonnull camera_from_lidar;
  /// 3x3: the rectifying rotation.
  const double *_Nonnull rectification;
  /// 3x4: rectified points into the image, in pixels times depth.
  const double *_Nonnull projection;
  /// Pixels.
  double image_width, image_height;
} cpcl_camera;

/// An upright box in the rectified camera's frame (x right, y down, z forward), in metres.
typedef struct cpcl_box {
  /// The middle of the bottom.
  double x, y, z;
  double length, width, height;
  /// Radians about the downward axis; at 0 the length lies along x.
  double yaw;
  uint8_t kind;
} cpcl_box;

/// A rectangle of the image, in pixels.
typedef struct cpcl_region {
  double left, top, right, bottom;
} cpcl_region;

/// Writes one kind per point: `outside` for points that the image does not show; else the kind of the
/// last box that holds the point, its faces included; else `masked` in one of the regions, their
/// edges included; else 0.
void cpcl_classes_in_boxes(const float *_Nullable x, const float *_Nullable y,
                           const float *_Nullable z, size_t count, cpcl_camera camera,
                           const cpcl_box *_Nullable boxes, size_t box_count,
                           const cpcl_region *_Nullable regions, size_t region_count,
                           uint8_t masked, uint8_t outside, uint8_t *_Nullable kinds);

#ifdef __cplusplus
}
#endif
