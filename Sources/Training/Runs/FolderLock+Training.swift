import PointCloudIO

extension FolderLock {
  /// The file in a run's folder that is locked.
  static let trainingName = ".lock"

  /// Keeps a run's folder for this process.
  ///
  /// - Throws: `.mismatched` where another process has it, `.unwritable` where it cannot be locked.
  convenience init(training folder: String) throws(TrainingError) {
    do throws(Failure) {
      try self.init(path: "\(folder)/\(Self.trainingName)")
    } catch {
      switch error {
      case .held(let owner):
        throw TrainingError(
          .mismatched,
          "\(owner.map { "process \($0)" } ?? "another process") is training in this folder",
          remedy: "wait for its end, or give another folder", path: folder)
      case .unwritable(let cause):
        throw TrainingError(
          .unwritable, "the folder cannot be locked: \(cause)", remedy: "check its permissions",
          path: folder)
      }
    }
  }
}
