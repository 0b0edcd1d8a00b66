// Casts rays into triangles with Embree, in packets of eight.
#ifndef LIDARSEG_RAY_CASTER_H
#define LIDARSEG_RAY_CASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A device and the triangles it knows. Not for use by two threads at once.
typedef struct ray_caster ray_caster;

/// A ray in metres: where it starts, and a direction of length 1.
typedef struct {
  float origin_x;
  float origin_y;
  float origin_z;
  /// Hits nearer than this, along the ray, do not count.
  float nearest;
  float direction_x;
  float direction_y;
  float direction_z;
  /// What the caller knows the ray by; not looked at.
  uint32_t tag;
} ray_caster_ray;

/// What a ray meets first.
typedef struct {
  /// Metres along the ray; infinite where nothing is met.
  float distance;
  /// Cosine of the angle between the ray and the triangle's normal, from 0 to 1.
  float cosine;
  /// The triangle; UINT32_MAX where nothing is met.
  uint32_t triangle;
} ray_caster_hit;

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

/// Finds the first triangle along each ray, no farther than `farthest` metres.
void ray_caster_cast(ray_caster *caster, const ray_caster_ray *rays, size_t count, float farthest,
                     ray_caster_hit *hits);

#endif
