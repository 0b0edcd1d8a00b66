#include "clouds.hpp"

#include "memory_file.hpp"

#include <pcl/console/print.h>
#include <pcl/io/pcd_io.h>

#include <istream>
#include <memory>
#include <sstream>
#include <streambuf>

namespace {

/// Bytes of the caller as a stream, without a copy.
struct BorrowedBytes : std::streambuf {
  BorrowedBytes(const uint8_t *bytes, size_t count) {
    auto start = reinterpret_cast<char *>(const_cast<uint8_t *>(bytes));
    setg(start, start, start + count);
  }
};

const Eigen::Vector4f origin = Eigen::Vector4f::Zero();
const Eigen::Quaternionf orientation = Eigen::Quaternionf::Identity();

}  // namespace

cpcl_cloud *cpcl_read_pcd(const char *header, size_t header_count, const uint8_t *body,
                          size_t body_count) try {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);
  auto read = std::make_unique<cpcl_cloud>();
  pcl::PCDReader reader;
  Eigen::Vector4f origin;
  Eigen::Quaternionf orientation;
  int version = 0, encoding = 0;
  unsigned int start = 0;
  std::istringstream text(std::string(header, header_count));
  if (reader.readHeader(text, read->cloud, origin, orientation, version, encoding, start) < 0)
    return nullptr;
  if (encoding == CPCL_ASCII) {
    BorrowedBytes bytes(body, body_count);
    std::istream stream(&bytes);
    const int status = reader.readBodyASCII(stream, read->cloud, version);
    return status < 0 || !read->is_whole() ? nullptr : read.release();
  }
  // The length that PCL is about to read is checked once more beside the call.
  if (encoding == CPCL_BINARY && read->cloud.data.size() != body_count) return nullptr;
  const bool compressed = encoding == CPCL_BINARY_COMPRESSED;
  const int status = reader.readBodyBinary(body, read->cloud, version, compressed, 0);
  return status < 0 || !read->is_whole() ? nullptr : read.release();
} catch (...) {
  return nullptr;
}

cpcl_bytes *cpcl_write_pcd(const cpcl_cloud *cloud, cpcl_encoding encoding, int precision) try {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);
  auto written = std::make_unique<cpcl_bytes>();
  pcl::PCDWriter writer;
  switch (encoding) {
    case CPCL_ASCII: {
      MemoryFile file;
      if (writer.writeASCII(file.path(), cloud->cloud, origin, orientation, precision) < 0)
        return nullptr;
      written->bytes = file.content();
      break;
    }
    case CPCL_BINARY: {
      // PCL's own writer maps the output file into memory, where a full disk is a signal.
      const auto &records = cloud->cloud.data;
      written->bytes = writer.generateHeaderBinary(cloud->cloud, origin, orientation);
      written->bytes += "DATA binary\n";
      written->bytes.append(reinterpret_cast<const char *>(records.data()), records.size());
      break;
    }
    case CPCL_BINARY_COMPRESSED: {
      std::ostringstream stream;
      if (writer.writeBinaryCompressed(stream, cloud->cloud, origin, orientation) < 0)
        return nullptr;
      written->bytes = stream.str();
      break;
    }
  }
  return written.release();
} catch (...) {
  return nullptr;
}
