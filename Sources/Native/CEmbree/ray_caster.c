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

void ray_caster_cast(ray_caster *caster, ray_caster_rays rays, ray_caster_hits hits) {
  struct RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  struct RTCRayHit8 packet;
  memset(&packet, 0, sizeof packet);
  _Alignas(32) int valid[lanes];
  for (size_t first = 0; first < rays.count; first += lanes) {
    size_t left = rays.count - first;
    for (size_t lane = 0; lane < lanes; lane++) {
      // Lanes beyond the end repeat the last ray; Embree leaves them alone.
      size_t ray = first + (lane < left ? lane : left - 1);
      valid[lane] = lane < left ? -1 : 0;
      packet.ray.org_x[lane] = rays.origin_x[ray];
      packet.ray.org_y[lane] = rays.origin_y[ray];
      packet.ray.org_z[lane] = rays.origin_z[ray];
      packet.ray.dir_x[lane] = rays.direction_x[ray];
      packet.ray.dir_y[lane] = rays.direction_y[ray];
      packet.ray.dir_z[lane] = rays.direction_z[ray];
      packet.ray.tnear[lane] = rays.nearest[ray];
      packet.ray.tfar[lane] = rays.farthest;
      packet.ray.mask[lane] = UINT32_MAX;
      packet.hit.geomID[lane] = RTC_INVALID_GEOMETRY_ID;
      packet.hit.instID[0][lane] = RTC_INVALID_GEOMETRY_ID;
    }
    rtcIntersect8(valid, caster->scene, &context, &packet);
    for (size_t lane = 0; lane < lanes && lane < left; lane++) {
      size_t ray = first + lane;
      if (packet.hit.geomID[lane] == RTC_INVALID_GEOMETRY_ID) {
        hits.distance[ray] = INFINITY;
        hits.triangle[ray] = UINT32_MAX;
        hits.cosine[ray] = 0;
        continue;
      }
      float x = packet.hit.Ng_x[lane], y = packet.hit.Ng_y[lane], z = packet.hit.Ng_z[lane];
      float along = x * packet.ray.dir_x[lane] + y * packet.ray.dir_y[lane] +
                    z * packet.ray.dir_z[lane];
      float square = x * x + y * y + z * z;
      hits.distance[ray] = packet.ray.tfar[lane];
      hits.triangle[ray] = packet.hit.primID[lane];
      hits.cosine[ray] = square > 0 ? fabsf(along) / sqrtf(square) : 0;
    }
  }
}
