import COpenBLAS

/// The OpenBLAS library this program runs with.
public enum OpenBLAS {
  /// How the library splits work among threads.
  public enum Threading: Int32, Sendable {
    /// It does not.
    case sequential = 0
    /// With threads of its own, which fight with other threads of the process.
    case pthreads = 1
    /// With OpenMP.
    case openMP = 2
  }

  /// How the loaded build splits work among threads.
  public static var threading: Threading? { Threading(rawValue: openblas_get_parallel()) }

  /// The processor family whose kernels are in use, for example `Haswell`.
  public static var core: String { String(cString: openblas_get_corename()) }
}
