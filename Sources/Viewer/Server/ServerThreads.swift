#if Viewer
import Dispatch

/// Threads of the server's own.
///
/// Those that all tasks of a process have in common are as few as its processors; whoever blocks them,
/// waiting for an answer perhaps, would keep the server from giving it.
final class ServerThreads: TaskExecutor {
  private let queue = DispatchQueue(label: "viewer", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
#endif
