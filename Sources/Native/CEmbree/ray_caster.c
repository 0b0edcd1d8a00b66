#include "ray_caster.h"

#include <embree3/rtcore.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = 8 };

struct ray_caster {
  RTCDevice device;
  RTCScene scene;
};

ray_caster *ray_caster_create(bool portable, char *message, size_t message_size) {
  const char *options = portable ? "threads=1,isa=sse2" : "threads=1";
  RTCDevice device = rtcNewDevice(options);
  if (!device) {
    snprintf(message, message_size, "Embree's error %d", (int)rtcGetDeviceError(NULL));
    return NULL;
  }
  ray_caster *caster = calloc(1, sizeof *caster);
  if (!caster) {
    rtcReleaseDevice(device);
    snprintf(message, message_size, "no memory");
    return NULL;
  }
  caster->device = device;
  return caster;
}

static void drop_scene(ray_caster *caster) {
  if (caster->scene) rtcReleaseScene(caster->scene);
  caster->scene = NULL;
}

void ray_caster_destroy(ray_caster *caster) {
  if (!caster) return;
  drop_scene(caster);
  rtcReleaseDevice(caster->device);
  free(caster);
}

/// A geometry with copies of the triangles, or NULL.
static RTCGeometry triangles(ray_caster *caster, const float *vertices, size_t vertex_count,
                             const uint32_t *corners, size_t triangle_count) {
  RTCGeometry geometry = rtcNewGeometry(caster->device, RTC_GEOMETRY_TYPE_TRIANGLE);
  if (!geometry) return NULL;
  const size_t vertex_size = 4 * sizeof(float), triangle_size = 3 * sizeof(uint32_t);
  void *positions = rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, vertex_size, vertex_count);
  void *indices = rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, triangle_size, triangle_count);
  if (!positions || !indices) {
    rtcReleaseGeometry(geometry);
    return NULL;
  }
  memcpy(positions, vertices, vertex_size * vertex_count);
  memcpy(indices, corners, triangle_size * triangle_count);
  rtcSetGeometryBuildQuality(geometry, RTC_BUILD_QUALITY_LOW);
  rtcCommitGeometry(geometry);
  return geometry;
}

bool ray_caster_build(ray_caster *caster, const float *vertices, size_t vertex_count,
                      const uint32_t *corners, size_t triangle_count) {
  drop_scene(caster);
  caster->scene = rtcNewScene(caster->device);
  if (!caster->scene) return false;
  rtcSetSceneBuildQuality(caster->scene, RTC_BUILD_QUALITY_LOW);
  if (triangle_count > 0) {
    RTCGeometry geometry = triangles(caster, vertices, vertex_count, corners, triangle_count);
    if (!geometry) return false;
    rtcAttachGeometry(caster->scene, geometry);
    rtcReleaseGeometry(geometry);
  }
  rtcCommitScene(caster->scene);
  return rtcGetDeviceError(caster->device) == RTC_ERROR_NONE;
}

/// Fills a packet with rays; lanes beyond the end repeat the last one, and Embree leaves them alone.
static void load(struct RTCRayHit8 *packet, int *valid, const ray_caster_ray *rays, size_t left,
                 float farthest) {
  for (size_t lane = 0; lane < lanes; lane++) {
    const ray_caster_ray *ray = rays + (lane < left ? lane : left - 1);
    valid[lane] = lane < left ? -1 : 0;
    packet->ray.org_x[lane] = ray->origin_x;
    packet->ray.org_y[lane] = ray->origin_y;
    packet->ray.org_z[lane] = ray->origin_z;
    packet->ray.dir_x[lane] = ray->direction_x;
    packet->ray.dir_y[lane] = ray->direction_y;
    packet->ray.dir_z[lane] = ray->direction_z;
    packet->ray.tnear[lane] = ray->nearest;
    packet->ray.tfar[lane] = farthest;
    packet->ray.mask[lane] = UINT32_MAX;
    packet->hit.geomID[lane] = RTC_INVALID_GEOMETRY_ID;
    packet->hit.instID[0][lane] = RTC_INVALID_GEOMETRY_ID;
  }
}

static ray_caster_hit hit_of(const struct RTCRayHit8 *packet, size_t lane) {
  if (packet->hit.geomID[lane] == RTC_INVALID_GEOMETRY_ID) {
    return (ray_caster_hit){.distance = INFINITY, .cosine = 0, .triangle = UINT32_MAX};
  }
  float x = packet->hit.Ng_x[lane], y = packet->hit.Ng_y[lane], z = packet->hit.Ng_z[lane];
  float along = x * packet->ray.dir_x[lane] + y * packet->ray.dir_y[lane] +
                z * packet->ray.dir_z[lane];
  float square = x * x + y * y + z * z;
  return (ray_caster_hit){
      .distance = packet->ray.tfar[lane],
      .cosine = square > 0 ? fabsf(along) / sqrtf(square) : 0,
      .triangle = packet->hit.primID[lane],
  };
}

void ray_caster_cast(ray_caster *caster, const ray_caster_ray *rays, size_t count, float farthest,
                     ray_caster_hit *hits) {
  struct RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  struct RTCRayHit8 packet;
  memset(&packet, 0, sizeof packet);
  _Alignas(32) int valid[lanes];
  for (size_t first = 0; first < count; first += lanes) {
    size_t left = count - first;
    load(&packet, valid, rays + first, left, farthest);
    rtcIntersect8(valid, caster->scene, &context, &packet);
    for (size_t lane = 0; lane < lanes && lane < left; lane++) {
      hits[first + lane] = hit_of(&packet, lane);
    }
  }
}
