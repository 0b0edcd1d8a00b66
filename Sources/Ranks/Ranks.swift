import CMPI
import Glibc

/// The processes that `mpirun` started together, each with a number, its rank.
///
/// One process alone is a rank too, for which every call ends at once. All ranks make the same calls
/// in the same order. Any thread may call, but only one at a time. Sums are the same bytes on every
/// rank, and each time for the same number of ranks on the same machines.
///
/// A rank that ends without `leave()` ends the others: `mpirun` notices and stops them.
public final class Ranks: Sendable {
  /// This process's number, from 0.
  public let rank: Int
  /// How many processes there are.
  public let count: Int
  // Never changes; MPI was started so that it may be called from any thread, one at a time.
  private nonisolated(unsafe) let world: OpaquePointer?

  /// A process that works alone.
  public static let single = Ranks(world: nil)

  private init(world: OpaquePointer?) {
    self.world = world
    rank = world.map { Int(mpi_world_rank($0)) } ?? 0
    count = world.map { Int(mpi_world_count($0)) } ?? 1
  }

  /// Joins the processes that `mpirun` started; once, and only in a process that it started.
  ///
  /// Open MPI's library is loaded here and nowhere else.
  ///
  /// - Throws: `.unavailable`.
  public static func join() throws(RanksError) -> Ranks {
    var reason = ""
    let world = withText({ mpi_world_join($0) }, text: &reason)
    guard let world else {
      throw RanksError(
        .unavailable, "MPI cannot be used: \(reason)",
        remedy: "install Open MPI 4 (on Debian: openmpi-bin), or start one process without mpirun")
    }
    return Ranks(world: world)
  }

  /// Leaves the others; nothing else may be called after it.
  ///
  /// - Throws: `.failed`.
  public func leave() throws(RanksError) {
    guard let world else { return }
    // What an error means cannot be asked any more.
    let code = mpi_world_leave(world)
    guard code == 0 else {
      throw Self.failure("MPI's error \(code)", rank: rank, count: count)
    }
  }

  /// Ends all processes, this one with the given exit code.
  public func abort(_ status: Int32) -> Never {
    if let world { mpi_world_abort(world, status) }
    exit(status)
  }

  /// Waits until all ranks are here.
  ///
  /// - Throws: `.failed`.
  public func barrier() throws(RanksError) {
    try call { mpi_world_barrier($0) }
  }

  /// Replaces numbers by their sums over all ranks.
  ///
  /// - Throws: `.failed`.
  public func sum(_ values: UnsafeMutableBufferPointer<Float>) throws(RanksError) {
    let count = Self.checked(values.count)
    try call { mpi_world_sum($0, values.baseAddress, count, mpi_number_float) }
  }

  /// Replaces numbers by their sums over all ranks.
  ///
  /// - Throws: `.failed`.
  public func sum(_ values: UnsafeMutableBufferPointer<Double>) throws(RanksError) {
    let count = Self.checked(values.count)
    try call { mpi_world_sum($0, values.baseAddress, count, mpi_number_double) }
  }

  /// The sum of a number over all ranks.
  ///
  /// - Throws: `.failed`.
  public func sum(_ value: Double) throws(RanksError) -> Double {
    var value = value
    try call { world in
      withUnsafeMutablePointer(to: &value) { mpi_world_sum(world, $0, 1, mpi_number_double) }
    }
    return value
  }

  /// Begins to replace numbers by their sums over all ranks, while this process does other work.
  ///
  /// The numbers must stay where they are, neither read nor written, until the sum is done.
  ///
  /// - Throws: `.failed`.
  public func startSum(
    _ values: UnsafeMutableBufferPointer<Float>
  ) throws(RanksError) -> PendingSum {
    let count = Self.checked(values.count)
    var request: UnsafeMutableRawPointer?
    try call { world in
      mpi_world_start_sum(world, values.baseAddress, count, mpi_number_float, &request)
    }
    return PendingSum(ranks: self, request: request)
  }

  /// Replaces bytes by those of the rank `root`.
  ///
  /// - Throws: `.failed`.
  public func broadcast(
    _ bytes: UnsafeMutableRawBufferPointer, from root: Int = 0
  ) throws(RanksError) {
    precondition((0..<count).contains(root), "rank \(root) of \(count)")
    let count = Self.checked(bytes.count)
    try call { mpi_world_broadcast($0, bytes.baseAddress, count, Int32(root)) }
  }

  /// MPI counts in 32 bits.
  private static func checked(_ count: Int) -> Int32 {
    precondition(count <= Int(Int32.max), "\(count) elements at once, of at most \(Int32.max)")
    return Int32(count)
  }

  /// Calls MPI where there is more than one process.
  func call(_ body: (OpaquePointer) -> Int32) throws(RanksError) {
    guard let world else { return }
    let code = body(world)
    guard code != 0 else { return }
    var reason = ""
    Self.withText({ mpi_world_describe(world, code, $0) }, text: &reason)
    throw Self.failure(reason, rank: rank, count: count)
  }

  private static func failure(_ reason: String, rank: Int, count: Int) -> RanksError {
    RanksError(
      .failed, "rank \(rank) of \(count) cannot reach the others: \(reason)",
      remedy: "see what the other processes said; go on by --resume auto")
  }

  /// Gives C room for a text, and takes the text.
  private static func withText<Result>(
    _ body: (UnsafeMutablePointer<CChar>) -> Result, text: inout String
  ) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: mpi_world_text_size) {
      buffer in
      buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress else { preconditionFailure("an empty allocation") }
      let result = body(start)
      text = String(cString: start)
      return result
    }
  }
}
