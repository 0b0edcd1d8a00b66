import CKernels
import Graphs

/// Groups of channels that move alike, as C sees them.
///
/// Unchecked `Sendable`: the memory is written once, before anybody else sees it.
final class ShiftGroups: @unchecked Sendable {
  private let memory: UnsafeMutableBufferPointer<ckernels_shift_group>

  init(_ groups: [Shift.Group]) {
    memory = .allocate(capacity: groups.count)
    _ = memory.initialize(
      fromContentsOf: groups.map { group in
        ckernels_shift_group(
          first: group.channels.lowerBound, count: group.channels.count, rows: group.rows,
          columns: group.columns)
      })
  }

  deinit { memory.deallocate() }

  /// How many there are.
  var count: Int { memory.count }

  /// The first of them; nothing where there are none.
  var base: UnsafePointer<ckernels_shift_group>? {
    memory.isEmpty ? nil : memory.baseAddress.map { UnsafePointer($0) }
  }
}
