#pragma once
#include <cstddef>
#include <string>

/// A file in memory with a path, for the parts of PCL that take nothing but a path.
class MemoryFile {
public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile &) = delete;
  MemoryFile &operator=(const MemoryFile &) = delete;

  /// Where it can be opened; throws if the system gave no file.
  std::string path() const;
  void append(const void *bytes, std::size_t count);
  std::string content() const;

private:
  int descriptor;
};
