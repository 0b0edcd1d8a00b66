import PointCloudIO

extension TrainingError {
  /// Does what writes a file, and throws its error as one of training.
  static func located(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as PointCloudIOError {
      throw TrainingError(error)
    }
  }
}
