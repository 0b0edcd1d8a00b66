#include "clouds.hpp"

#include "memory_file.hpp"

#include <pcl/console/print.h>
#include <pcl/io/ply_io.h>

#include <memory>

cpcl_cloud *cpcl_read_ply(const char *header, size_t header_count, const uint8_t *body,
                          size_t body_count) try {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);
  MemoryFile file;
  file.append(header, header_count);
  file.append(body, body_count);
  auto read = std::make_unique<cpcl_cloud>();
  pcl::PLYReader reader;
  const int status = reader.read(file.path(), read->cloud);
  return status < 0 || !read->is_whole() ? nullptr : read.release();
} catch (...) {
  return nullptr;
}

cpcl_bytes *cpcl_write_ply(const cpcl_cloud *cloud, cpcl_encoding encoding, int precision) try {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);
  const Eigen::Vector4f origin = Eigen::Vector4f::Zero();
  const Eigen::Quaternionf orientation = Eigen::Quaternionf::Identity();
  MemoryFile file;
  pcl::PLYWriter writer;
  // With a camera element: without one PCL leaves out points that are not finite.
  const int status =
      encoding == CPCL_ASCII
          ? writer.writeASCII(file.path(), cloud->cloud, origin, orientation, precision, true)
          : writer.writeBinary(file.path(), cloud->cloud, origin, orientation, true);
  if (status < 0) return nullptr;
  auto written = std::make_unique<cpcl_bytes>();
  written->bytes = file.content();
  return written.release();
} catch (...) {
  return nullptr;
}
