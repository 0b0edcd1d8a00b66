#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Records of named fields, as PCL holds a cloud of any layout.
///
/// Nothing here checks a file: PCL 1.13 trusts what a header claims, so callers pass only headers
/// that they wrote themselves around a body whose length and content they have checked.
typedef struct cpcl_cloud cpcl_cloud;

/// Bytes of a finished file.
typedef struct cpcl_bytes cpcl_bytes;

/// One field of a record. `datatype` is pcl::PCLPointField::PointFieldTypes.
typedef struct {
  uint32_t offset;
  uint32_t count;
  uint8_t datatype;
} cpcl_field;

typedef enum { CPCL_ASCII = 0, CPCL_BINARY = 1, CPCL_BINARY_COMPRESSED = 2 } cpcl_encoding;

/// The cloud of a PCD file given as its header (to the end of the DATA line) and its body, or null
/// where PCL refuses it.
cpcl_cloud *_Nullable cpcl_read_pcd(const char *_Nonnull header, size_t header_count,
                                    const uint8_t *_Nonnull body, size_t body_count);

/// The cloud of a PLY file whose parts (header, body) follow each other, or null where PCL refuses.
cpcl_cloud *_Nullable cpcl_read_ply(const char *_Nonnull header, size_t header_count,
                                    const uint8_t *_Nonnull body, size_t body_count);

/// A cloud of `count` records of `step` bytes, its fields named f0, f1, and so on.
cpcl_cloud *_Nullable cpcl_cloud_make(const cpcl_field *_Nonnull fields, size_t field_count,
                                      const uint8_t *_Nonnull records, size_t count, size_t step);

void cpcl_cloud_free(cpcl_cloud *_Nonnull cloud);
size_t cpcl_cloud_count(const cpcl_cloud *_Nonnull cloud);
size_t cpcl_cloud_step(const cpcl_cloud *_Nonnull cloud);
size_t cpcl_cloud_field_count(const cpcl_cloud *_Nonnull cloud);
cpcl_field cpcl_cloud_field(const cpcl_cloud *_Nonnull cloud, size_t index);
/// The records, count * step bytes.
const uint8_t *_Nullable cpcl_cloud_records(const cpcl_cloud *_Nonnull cloud);

/// A PCD file of a cloud; text has `precision` significant digits.
cpcl_bytes *_Nullable cpcl_write_pcd(const cpcl_cloud *_Nonnull cloud, cpcl_encoding encoding,
                                     int precision);
/// A PLY file of a cloud, text or binary in this machine's byte order.
cpcl_bytes *_Nullable cpcl_write_ply(const cpcl_cloud *_Nonnull cloud, cpcl_encoding encoding,
                                     int precision);
void cpcl_bytes_free(cpcl_bytes *_Nonnull bytes);
size_t cpcl_bytes_count(const cpcl_bytes *_Nonnull bytes);
const uint8_t *_Nullable cpcl_bytes_start(const cpcl_bytes *_Nonnull bytes);

#ifdef __cplusplus
}
#endif
