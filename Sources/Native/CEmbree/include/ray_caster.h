// Casts rays into triangles with Embree, in packets of eight.
#ifndef LIDARSEG_RAY_CASTER_H
#define LIDARSEG_RAY_CASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A device and the triangles it knows. Not for use by two threads at once.
typedef struct ray_caster ray_caster;

/// Rays as one array per coordinate: where they start, and directions of length 1.
typedef struct {
  const float *origin_x;
  const float *origin_y;
  const float *origin_z;
  const float *direction_x;
  const float *direction_y;
  const float *direction_z;
  /// Hits nearer than this, in metres along the ray, do not count; one per ray.
  const float *nearest;
  /// Hits farther than this do not count.
  float farthest;
  size_t count;
} ray_caster_rays;

/// What the rays meet: one entry per ray in each array.
typedef struct {
  /// Metres along the ray; infinite where nothing is met.
  float *distance;
  /// The triangle; UINT32_MAX where nothing is met.
  uint32_t *triangle;
  /// Cosine of the angle between the ray and the triangle's normal, from 0 to 1.
  float *cosine;
} ray_caster_hits;

/// A new caster without triangles, or NULL where Embree refuses; `message` then says why.
/// With `portable`, only instructions that every x86-64 processor has are used, so that all give the
/// same distances.
ray_caster *ray_caster_create(bool portable, char *message, size_t message_size);

/// Ends the caster.
void ray_caster_destroy(ray_caster *caster);

/// Takes the triangles to cast rays into; they replace those before.
/// Each vertex is three floats and one that is not looked at. False where Embree has no memory.
bool ray_caster_build(ray_caster *caster, const float *vertices, size_t vertex_count,
                      const uint32_t *corners, size_t triangle_count);

/// Finds the first triangle along each ray.
void ray_caster_cast(ray_caster *caster, ray_caster_rays rays, ray_caster_hits hits);

#endif
