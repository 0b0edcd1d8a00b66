#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// The version of PCL this was compiled against, for example "1.13.0".
const char *_Nonnull cpcl_version(void);

#ifdef __cplusplus
}
#endif
