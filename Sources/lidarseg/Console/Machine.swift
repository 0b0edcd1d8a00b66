import CMalloc
import Foundation

/// What the machine says of itself and of this process.
enum Machine {
  /// The processor's name, as Linux reports it.
  static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line.flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  }

  /// Keeps the memory that one scan used for the next one, up to 256 MiB, instead of giving it back to
  /// the system and having it zeroed again: that took twice as long as projecting a full sweep.
  static func keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, 64 << 20)
    mallopt(M_TRIM_THRESHOLD, 256 << 20)
  }

  /// Keeps all memory that was used once for what comes next: a search plans another network at each step, and
  /// half of its time went into memory that the system zeroed again.
  static func keepAllFreedMemory() {
    mallopt(M_MMAP_MAX, 0)
    mallopt(M_TRIM_THRESHOLD, Int32.max)
  }

  /// The largest memory this process had, in bytes.
  static var peakResidentBytes: Int { usage.ru_maxrss * 1024 }

  /// The memory this process has now, in MiB; 0 where the system does not tell.
  static var residentMiB: Double {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Double(pages * sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }

  /// Processor seconds this process has used.
  static var processorSeconds: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage
  }
}
