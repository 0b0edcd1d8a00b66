import Execution
import Kernels
import Search

/// A latency that is wanted, and in what it is counted.
struct LatencyTarget {
  /// In `unit`.
  let value: Double
  /// As a latency table calls it.
  let unit: String

  /// Milliseconds.
  init(milliseconds: Double) {
    (value, unit) = (milliseconds, LatencyTable.milliseconds)
  }

  /// Instructions.
  init(instructions: Double) {
    (value, unit) = (instructions / 1e6, LatencyTable.millionInstructions)
  }
}

/// A latency table as a search uses it.
struct SearchTable {
  let table: LatencyTable
  /// Whose kernels networks are planned for.
  let backend: Backend
  /// The file.
  let path: String
  /// Whether what is measured here, by these kernels and on so many threads, compares with the table.
  let isOfThisMachine: Bool

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - device: the processor that it must be of; this machine's where there is none.
  ///   - backend: whose kernels compute here.
  ///   - threadCount: on how many threads.
  /// - Throws: `.table` where it is of another processor or of kernels that are not here; `ExecutionError`
  ///   where it is none.
  init(path: String, device: String?, backend: Backend, threadCount: Int) throws {
    table = try LatencyTable(path: path)
    self.path = path
    let processor = device ?? Machine.processorName
    guard table.processor == processor else {
      throw SearchError(
        .table, "the table is of \"\(table.processor)\", not of \"\(processor)\"",
        remedy: "measure one here by lidarseg latency, or search for that machine by --device "
          + "\"\(table.processor)\"", path: path)
    }
    if table.kernels == LatencyTable.exportedKernels {
      // C has a layer for each step of any plan.
      (self.backend, isOfThisMachine) = (backend, false)
      return
    }
    guard let kernels = Backend(rawValue: table.kernels), Backend.available.contains(kernels) else {
      throw SearchError(
        .table, "the table is of the kernels \(table.kernels), which are not here",
        remedy: "measure one with --backend \(backend.rawValue)", path: path)
    }
    self.backend = kernels
    isOfThisMachine =
      table.processor == Machine.processorName && kernels == backend
      && table.threads == threadCount
  }

  /// Does what may find units that the table lacks, and says which file that is.
  func locating<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch var error as ExecutionError where error.code == .table {
      error.path = path
      throw error
    }
  }

  /// Refuses a wanted latency in another unit than the table's.
  ///
  /// - Parameters:
  ///   - unit: of what the command line wants; nothing where the recipe says it, in the table's unit.
  ///   - form: how latency counts.
  ///   - path: the table's file.
  /// - Throws: `.table`.
  func check(unit: String?, form: LatencyWeighting.Form, path: String) throws(SearchError) {
    if let unit, unit != table.unit {
      let option =
        table.unit == LatencyTable.milliseconds ? "--target-ms" : "--target-instructions"
      throw SearchError(
        .table, "the table is in \(table.unit), the target in \(unit)",
        remedy: "say what is wanted by \(option), or name a table in \(unit)", path: path)
    }
    guard form == .sum || table.unit == LatencyTable.milliseconds else {
      throw SearchError(
        .table, "latency.form product takes milliseconds, and the table is in \(table.unit)",
        remedy: "use latency.form=sum", path: path)
    }
  }
}
