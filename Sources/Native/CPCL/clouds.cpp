#include "clouds.hpp"

#include <pcl/common/io.h>

#include <new>

cpcl_cloud *cpcl_cloud_make(const cpcl_field *fields, size_t field_count, const uint8_t *records,
                            size_t count, size_t step) try {
  auto made = new cpcl_cloud;
  auto &cloud = made->cloud;
  for (size_t index = 0; index < field_count; index++) {
    pcl::PCLPointField field;
    field.name = "f" + std::to_string(index);
    field.offset = fields[index].offset;
    field.datatype = fields[index].datatype;
    field.count = fields[index].count;
    cloud.fields.push_back(field);
  }
  cloud.width = static_cast<pcl::uindex_t>(count);
  cloud.height = 1;
  cloud.point_step = static_cast<pcl::uindex_t>(step);
  cloud.row_step = static_cast<pcl::uindex_t>(step * count);
  cloud.is_dense = false;
  cloud.data.assign(records, records + step * count);
  return made;
} catch (...) {
  return nullptr;
}

void cpcl_cloud_free(cpcl_cloud *cloud) { delete cloud; }

size_t cpcl_cloud_count(const cpcl_cloud *cloud) {
  return static_cast<size_t>(cloud->cloud.width) * cloud->cloud.height;
}

size_t cpcl_cloud_step(const cpcl_cloud *cloud) { return cloud->cloud.point_step; }

size_t cpcl_cloud_field_count(const cpcl_cloud *cloud) { return cloud->cloud.fields.size(); }

cpcl_field cpcl_cloud_field(const cpcl_cloud *cloud, size_t index) {
  const auto &field = cloud->cloud.fields[index];
  return {field.offset, field.count, field.datatype};
}

const uint8_t *cpcl_cloud_records(const cpcl_cloud *cloud) { return cloud->cloud.data.data(); }

void cpcl_bytes_free(cpcl_bytes *bytes) { delete bytes; }

size_t cpcl_bytes_count(const cpcl_bytes *bytes) { return bytes->bytes.size(); }

const uint8_t *cpcl_bytes_start(const cpcl_bytes *bytes) {
  return reinterpret_cast<const uint8_t *>(bytes->bytes.data());
}
