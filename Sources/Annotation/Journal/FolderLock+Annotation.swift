import PointCloudIO

extension FolderLock {
  /// The right to be the only one who annotates in a folder.
  ///
  /// - Throws: `locked` with the number of the process that has it; `unwritable`.
  convenience init(annotating folder: String) throws(AnnotationError) {
    let path = folder + "/annotation.lock"
    do throws(Failure) {
      try self.init(path: path)
    } catch {
      switch error {
      case .held(let owner):
        let who = owner.map { "process \($0)" } ?? "another process"
        throw AnnotationError(
          .locked, "\(who) annotates in this folder",
          remedy: "End it first, or name another --out.", path: path)
      case .unwritable(let cause):
        throw AnnotationError(
          .unwritable, "the lock cannot be made: \(cause)",
          remedy: "Check that the folder may be written to.", path: path)
      }
    }
  }
}
