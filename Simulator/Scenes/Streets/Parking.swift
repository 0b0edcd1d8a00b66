/// How cars are parked beside a carriageway.
enum Parking: Sendable {
  case none
  /// In line, in a lane before the kerb.
  case parallel
  /// Side by side, nose to the kerb.
  case perpendicular
  /// Side by side, at an angle to the kerb.
  case diagonal
  /// In line, two wheels on the pavement.
  case halfOnPavement

  /// Width of the lane or the bays, in metres.
  var width: Float {
    switch self {
    case .none: 0
    case .parallel: 2.1
    case .perpendicular: 5
    case .diagonal: 4.6
    case .halfOnPavement: 1.1
    }
  }

  /// Metres along the kerb from one marked bay to the next; nothing where none are marked.
  var bayPitch: Float? {
    switch self {
    case .none, .halfOnPavement: nil
    case .parallel: 5.6
    case .perpendicular: 2.5
    case .diagonal: 3.3
    }
  }

  /// Metres along the kerb that one parked vehicle of a length takes, without the gaps.
  func pitch(length: Float) -> Float {
    switch self {
    case .none, .parallel, .halfOnPavement: length + 0.5
    case .perpendicular: 2.5
    case .diagonal: 3.3
    }
  }
}
