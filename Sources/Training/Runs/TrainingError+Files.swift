import PointCloudIO

extension TrainingError {
  /// The error of a file that could not be written.
  init(_ error: PointCloudIOError) {
    let code: Code =
      switch error.code {
      case .exhausted: .exhausted
      case .unwritable: .unwritable
      case .unreadable: .unreadable
      case .damaged, .unrecognised, .unsupported: .damaged
      }
    self.init(
      code, error.message, remedy: error.remedy, path: error.path, offset: error.offset)
  }

  /// Does what writes a file, and throws its error as one of training.
  static func located(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as PointCloudIOError {
      throw TrainingError(error)
    }
  }
}
