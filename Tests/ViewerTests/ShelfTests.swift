#if Viewer
import Foundation
import Synchronization
import TestSupport
import Testing
import Viewer

/// What is kept of sweeps, and what is told of them.
@Suite struct ShelfTests {
  private let sweeps: MadeUpSweeps

  init() throws { sweeps = try MadeUpSweeps() }

  private func fault(_ shelf: some SweepShelf, _ number: Int) async -> SweepFault.Kind? {
    do {
      _ = try await shelf.sweep(number)
      return nil
    } catch {
      return (error as? SweepFault)?.kind
    }
  }

  @Test func aStreamKeepsItsNewestSweeps() async throws {
    let shelf = LiveSweeps(sweeps.description(.live))
    #expect(await fault(shelf, 0) == .absent)
    let sweep = try sweeps.content()
    for count in 1...7 {
      shelf.add(SourceState.Counts(received: count + 2, dropped: 2)) {
        SweepBytes(sweep, number: $0, name: "\($0)", palette: sweeps.palette)
      }
    }
    let state = shelf.state
    #expect(state.latest == 6 && state.oldest == 3 && state.name == "6")
    #expect(state.counts == SourceState.Counts(received: 9, dropped: 2))
    #expect(await fault(shelf, 2) == .gone)
    #expect(await fault(shelf, 7) == .absent)
    #expect(await fault(shelf, -1) == .absent)
    for number in 3...6 { #expect(try await shelf.sweep(number).number == number) }
  }

  @Test func aListenerThatIsSlowIsToldOnceOfAll() async throws {
    let shelf = LiveSweeps(sweeps.description(.live))
    let changes = shelf.changes()
    let sweep = try sweeps.content()
    for _ in 0..<50 {
      shelf.add(SourceState.Counts()) {
        SweepBytes(sweep, number: $0, name: "a", palette: sweeps.palette)
      }
    }
    changes.continuation.finish()
    var told = 0
    for await _ in changes.stream { told += 1 }
    #expect(told == 1 && shelf.state.latest == 49)
  }

  @Test func faultsHaveNumbersAndTheLastFewAreTold() {
    let shelf = LiveSweeps(sweeps.description(.live))
    for number in 0..<8 {
      shelf.add(SweepFault(.failed, "fault \(number)", remedy: "none"))
    }
    shelf.end()
    #expect(shelf.state.faults.count == 5 && shelf.state.ended)
    let text = (try? JSONEncoder().encode(shelf.state)).map { String(decoding: $0, as: UTF8.self) }
    #expect(text?.contains("\"id\":7") == true && text?.contains("fault 2") == false)
  }

  @Test func storedSweepsAreMadeOnceWhileTheyAreKept() async throws {
    let made = Mutex<[Int]>([])
    let sweep = try sweeps.content()
    let palette = sweeps.palette
    let shelf = StoredSweeps(sweeps.description(.stored, count: 9)) { number in
      made.withLock { $0.append(number) }
      return SweepBytes(sweep, number: number, name: "a", palette: palette)
    }
    for number in [0, 1, 2, 3, 0, 4, 0, 1] { _ = try await shelf.sweep(number) }
    // 1 was asked for the longest ago when 4 needed room.
    #expect(made.withLock { $0 } == [0, 1, 2, 3, 4, 1])
    #expect(await fault(shelf, 9) == .absent)
  }

  @Test func aRequestThatIsCancelledBeforeItsTurnCostsNothing() async throws {
    let made = Mutex<[Int]>([])
    let gate = DispatchSemaphore(value: 0)
    let sweep = try sweeps.content()
    let palette = sweeps.palette
    let shelf = StoredSweeps(sweeps.description(.stored, count: 9)) { number in
      made.withLock { $0.append(number) }
      gate.wait()
      return SweepBytes(sweep, number: number, name: "a", palette: palette)
    }
    let first = Task { try await shelf.sweep(0) }
    while made.withLock({ $0.isEmpty }) { await Task.yield() }
    let others = (1...5).map { number in Task { try await shelf.sweep(number) } }
    for task in others { task.cancel() }
    let last = Task { try await shelf.sweep(6) }
    for _ in 0..<7 { gate.signal() }
    #expect(try await first.value.number == 0)
    #expect(try await last.value.number == 6)
    for task in others { await #expect(throws: CancellationError.self) { try await task.value } }
    #expect(made.withLock { $0 } == [0, 6])
  }

  @Test func eventsTellTheStateAtOnceAndEachChange() throws {
    let shelf = LiveSweeps(sweeps.description(.live))
    let server = try ViewerServer(shelf, at: .loopback(port: 0))
    defer { server.stop() }
    let client = LoopbackClient(port: server.port)
    let isAdded = Mutex(false)
    let sweep = try sweeps.content()
    let palette = sweeps.palette
    let bytes = try client.exchange(
      "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
      enough: { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("\"latest\":-1"), !isAdded.withLock({ $0 }) {
          isAdded.withLock { $0 = true }
          shelf.add(SourceState.Counts(received: 1)) {
            SweepBytes(sweep, number: $0, name: "a", palette: palette)
          }
        }
        return text.contains("\"latest\":0")
      })
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("text/event-stream") && text.contains("event: state\ndata: {"))
    #expect(text.contains("\"received\":1"))
  }
}
#endif
