import CMPI

/// A sum over all ranks that was begun; see `Ranks.startSum(_:)`.
///
/// MPI writes to its numbers until it is done. Letting go of it waits, so that an error between two
/// sums comes out as that error.
public final class PendingSum {
  private let ranks: Ranks
  private var request: UnsafeMutableRawPointer?
  private var isDone: Bool

  init(ranks: Ranks, request: UnsafeMutableRawPointer?) {
    self.ranks = ranks
    self.request = request
    isDone = request == nil
  }

  deinit {
    try? wait()
  }

  /// Waits for the sum.
  ///
  /// - Throws: `RanksError` with `.failed`.
  public func wait() throws(RanksError) {
    guard !isDone else { return }
    // After an error too there is nothing left to wait for.
    isDone = true
    try ranks.call { mpi_world_wait($0, &request) }
  }

  /// Moves the sum on, which needs this process's help, and tells whether it is done.
  ///
  /// - Throws: `RanksError` with `.failed`.
  public func test() throws(RanksError) -> Bool {
    guard !isDone else { return true }
    var done = false
    do {
      try ranks.call { mpi_world_test($0, &request, &done) }
    } catch {
      isDone = true
      throw error
    }
    isDone = done
    return done
  }
}
