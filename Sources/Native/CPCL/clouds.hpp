#pragma once
#include "boost_enums.hpp"

#include "cpcl_files.h"

#include <pcl/PCLPointCloud2.h>

#include <string>

struct cpcl_cloud {
  pcl::PCLPointCloud2 cloud;

  /// Whether the data is as long as the layout says.
  bool is_whole() const {
    const auto count = static_cast<std::size_t>(cloud.width) * cloud.height;
    return cloud.point_step > 0 && cloud.data.size() == count * cloud.point_step;
  }
};

struct cpcl_bytes {
  std::string bytes;
};
