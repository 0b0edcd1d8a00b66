import Foundation

/// Which of several processes that share a job this one is.
struct ProcessShare {
  /// Its number, from 0.
  var rank = 0
  /// How many there are.
  var count = 1
  /// What all of them call the job.
  var job: String?

  /// What `mpirun` says; one process where nothing started this one.
  static func current(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Self {
    guard let rank = environment["OMPI_COMM_WORLD_RANK"].flatMap(Int.init),
      let count = environment["OMPI_COMM_WORLD_SIZE"].flatMap(Int.init), count > 1,
      (0..<count).contains(rank)
    else { return Self() }
    return Self(rank: rank, count: count, job: environment["OMPI_MCA_ess_base_jobid"] ?? "0")
  }

  /// The parts of a job that are this process's.
  func parts(of total: Int) -> [Int] {
    Array(stride(from: rank, to: total, by: count))
  }
}
