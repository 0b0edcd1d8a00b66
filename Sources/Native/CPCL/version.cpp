#include "cpcl.h"

#include <pcl/pcl_config.h>

const char *cpcl_version(void) { return PCL_VERSION_PRETTY; }
