#include "memory_file.hpp"

#include <stdexcept>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

MemoryFile::MemoryFile() : descriptor(memfd_create("lidarseg", MFD_CLOEXEC)) {
  if (descriptor < 0) throw std::runtime_error("no file in memory");
}

MemoryFile::~MemoryFile() { close(descriptor); }

std::string MemoryFile::path() const { return "/proc/self/fd/" + std::to_string(descriptor); }

void MemoryFile::append(const void *bytes, std::size_t count) {
  auto next = static_cast<const char *>(bytes);
  while (count > 0) {
    const ssize_t written = write(descriptor, next, count);
    if (written <= 0) throw std::runtime_error("a file in memory is full");
    next += written;
    count -= static_cast<std::size_t>(written);
  }
}

std::string MemoryFile::content() const {
  struct stat status;
  if (fstat(descriptor, &status) != 0) throw std::runtime_error("a file in memory is lost");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = pread(descriptor, &bytes[done], bytes.size() - done, static_cast<off_t>(done));
    if (got <= 0) throw std::runtime_error("a file in memory is short");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}
