import Annotation
import ArgumentParser
import Datasets
import Evaluation
import Exchange
import Execution
import Export
import Foundation
import Graphs
import Pictures
import PointCloudIO
import PointClouds
import RangeImages
import Ranks
import Realism
import Recipes
import Recordings
import Search
import Segmentation
import Sensors
import Streams
import Training

#if Simulator
import Simulator
#endif

#if Viewer
import Viewer
#endif

/// What the program says about an error and how it ends: one line with the place and what is
/// wrong, one line with the remedy.
struct ErrorReport: Error {
  /// Exit codes, as `lidarseg --help` lists them.
  enum Status: Int32 {
    case internalFault = 1
    case usage = 2
    case unreadable = 3
    case damaged = 4
    case mismatch = 5
    case checkFailed = 6
    case exhausted = 7
  }

  var status: Status
  var message: String
  var remedy: String
  var path: String?
  var offset: Int?
  /// Whether an output could not be written: no later scan can fare better.
  var isAboutOutput = false

  /// The two lines that go to stderr.
  var text: String {
    let place = [path, offset.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let head = place.isEmpty ? "" : "\(place): "
    return "lidarseg: error: \(head)\(message)\nhint: \(remedy)"
  }
}

extension ErrorReport {
  /// The report of any error that the modules throw.
  init(_ error: any Error) {
    switch error {
    case let report as ErrorReport: self = report
    case let error as PointCloudIOError: self.init(error)
    case let error as DatasetsError: self.init(error)
    case let error as SensorsError: self.init(error)
    case let error as ExchangeError: self.init(error)
    case let error as ExportError: self.init(error)
    case let error as StreamsError: self.init(error)
    case let error as RecordingsError: self.init(error)
    case let error as AnnotationError: self.init(error)
    case let error as PicturesError:
      self.init(
        status: error.code == .exhausted ? .exhausted : .unreadable, message: error.message,
        remedy: error.remedy, path: error.path)
    case let error as RangeImagesError:
      self.init(status: .mismatch, message: error.message, remedy: error.remedy)
    case let error as SegmentationError:
      self.init(status: .mismatch, message: error.message, remedy: error.remedy)
    case let error as EvaluationError:
      self.init(status: .mismatch, message: error.message, remedy: error.remedy, path: error.path)
    case let error as RecipeError: self.init(error)
    case let error as TrainingError: self.init(error)
    case let error as RanksError:
      self.init(
        status: error.code == .unavailable ? .unreadable : .exhausted, message: error.message,
        remedy: error.remedy)
    #if Simulator
    case let error as SimulatorError: self.init(error)
    #endif
    #if Viewer
    case let error as ViewerError:
      self.init(status: .unreadable, message: error.message, remedy: error.remedy)
    #endif
    case let error as RealismError:
      self.init(status: .mismatch, message: error.message, remedy: error.remedy, path: error.path)
    case let error as PointCloudsError:
      self.init(status: .mismatch, message: error.message, remedy: error.remedy)
    case let error as SearchError:
      self.init(
        status: .mismatch, message: error.message, remedy: error.remedy, path: error.path)
    case let error as ExecutionError: self.init(error)
    case let error as GraphError:
      self.init(
        status: .internalFault, message: "node \(error.node): \(error.message)",
        remedy: "report this with the command you ran")
    case let error as CocoaError:
      self.init(
        status: .unreadable, message: error.localizedDescription,
        remedy: "check the path and its permissions", path: error.filePath)
    default:
      self.init(
        status: .internalFault, message: "\(error)", remedy: "report this with the command you ran")
    }
  }

  private init(_ error: PointCloudIOError) {
    let status: Status =
      switch error.code {
      case .unreadable, .unwritable: .unreadable
      case .damaged: .damaged
      case .unrecognised, .unsupported: .mismatch
      case .exhausted: .exhausted
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset, isAboutOutput: error.code == .unwritable)
  }

  private init(_ error: AnnotationError) {
    let status: Status =
      switch error.code {
      case .unreadable, .unwritable, .locked: .unreadable
      case .damaged: .damaged
      case .invalidOperation, .mismatch: .mismatch
      case .exhausted: .exhausted
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset, isAboutOutput: error.code == .unwritable)
  }

  private init(_ error: RecordingsError) {
    let status: Status =
      switch error.code {
      case .unreadable, .unwritable: .unreadable
      case .damaged, .cut: .damaged
      case .unrecognised, .unsupported: .mismatch
      case .exhausted: .exhausted
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset, isAboutOutput: error.code == .unwritable)
  }

  private init(_ error: StreamsError) {
    let status: Status =
      switch error.code {
      case .unreachable, .unreadable: .unreadable
      case .damaged: .damaged
      case .unknownSensor, .unknownTopic: .mismatch
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset)
  }

  private init(_ error: DatasetsError) {
    let status: Status =
      switch error.code {
      case .unreadable: .unreadable
      case .malformed: .damaged
      case .unrecognised, .mismatch: .mismatch
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset)
  }

  private init(_ error: SensorsError) {
    let status: Status =
      switch error.code {
      case .unreadable: .unreadable
      case .malformed: .damaged
      case .unknown, .unfitting: .mismatch
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset)
  }

  private init(_ error: ExchangeError) {
    let status: Status =
      switch error.code {
      case .unreadable, .unwritable: .unreadable
      case .damaged: .damaged
      case .mismatched, .unknown: .mismatch
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset)
  }

  private init(_ error: ExportError) {
    let status: Status =
      switch error.code {
      case .unreadable: .unreadable
      case .damaged: .damaged
      case .unsupported, .mismatched: .mismatch
      }
    self.init(status: status, message: error.message, remedy: error.remedy, path: error.path)
  }

  private init(_ error: ExecutionError) {
    let status: Status =
      switch error.code {
      case .unreadable: .unreadable
      case .damaged: .damaged
      case .parameters, .inputs, .table: .mismatch
      }
    self.init(status: status, message: error.message, remedy: error.remedy, path: error.path)
  }

  private init(_ error: RecipeError) {
    self.init(
      status: error.code == .unreadable ? .unreadable : .mismatch, message: error.message,
      remedy: error.remedy, path: error.path)
  }

  private init(_ error: TrainingError) {
    let status: Status =
      switch error.code {
      case .unreadable, .unwritable: .unreadable
      case .damaged, .diverged: .damaged
      case .invalidConfiguration, .unsuitableData, .mismatched: .mismatch
      case .exhausted: .exhausted
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      offset: error.offset, isAboutOutput: error.code == .unwritable)
  }

  #if Simulator
  private init(_ error: SimulatorError) {
    let status: Status =
      switch error.code {
      case .invalidConfiguration, .unsuitableSensor: .mismatch
      case .unusableFolder, .unwritable: .unreadable
      case .rayCaster: .exhausted
      }
    self.init(
      status: status, message: error.message, remedy: error.remedy, path: error.path,
      isAboutOutput: error.code == .unusableFolder || error.code == .unwritable)
  }
  #endif
}
