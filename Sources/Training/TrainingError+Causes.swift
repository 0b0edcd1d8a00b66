import Datasets
import PointCloudIO
import RangeImages

extension TrainingError {
  /// What a file that cannot be read or written means for training.
  init(_ cause: PointCloudIOError) {
    let code: Code =
      switch cause.code {
      case .unreadable: .unreadable
      case .unwritable: .unwritable
      case .damaged: .damaged
      case .unrecognised, .unsupported: .unsuitableData
      case .exhausted: .exhausted
      }
    self.init(
      code, cause.message, remedy: cause.remedy, path: cause.path, offset: cause.offset)
  }

  /// What boxes or calibrations that cannot be read mean for training.
  init(_ cause: DatasetsError) {
    let code: Code =
      switch cause.code {
      case .unreadable: .unreadable
      case .malformed: .damaged
      case .unrecognised, .mismatch: .unsuitableData
      }
    self.init(
      code, cause.message, remedy: cause.remedy, path: cause.path, offset: cause.offset)
  }

  /// What a scan that cannot be projected means for training.
  init(_ cause: RangeImagesError, path: String) {
    let code: Code = cause.code == .invalidGeometry ? .invalidConfiguration : .unsuitableData
    self.init(code, cause.message, remedy: cause.remedy, path: path)
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
