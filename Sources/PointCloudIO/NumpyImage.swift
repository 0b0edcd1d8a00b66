import PointClouds

/// The cells of a range image that an array holds, row by row.
struct NumpyImage {
  /// What the sixth value of a cell says.
  enum Labels {
    /// One of `NumpyFile.squeezeSegClasses` by its position.
    case squeezeSeg
    /// A raw id of SemanticKITTI.
    case rawIDs

    /// The raw id that a value means, or nothing where it means none.
    func rawID(_ value: Double) -> UInt16? {
      switch self {
      case .rawIDs: return UInt16(exactly: value)
      case .squeezeSeg:
        let classes = NumpyFile.squeezeSegClasses
        return Int(exactly: value).flatMap { classes.indices.contains($0) ? classes[$0] : nil }
      }
    }

    var known: String {
      switch self {
      case .squeezeSeg: "class than 0 to 3"
      case .rawIDs: "id than 0 to 65535"
      }
    }
  }

  /// How many cells there are; fewer than the image's where a file ends early.
  let count: Int
  let width: Int
  let height: Int

  /// Takes every cell whose position is not zero as a point; its row is its ring.
  ///
  /// - Parameters:
  ///   - labels: what the sixth value is, or nothing where there is none.
  ///   - result: where points, labels and notes go.
  ///   - value: a value of a cell: x, y, z, intensity, range, label.
  func read(
    _ labels: Labels?, into result: inout ReadScan, value: (_ cell: Int, _ channel: Int) -> Double
  ) {
    let kept = (0..<count).filter { cell in (0..<3).contains { value(cell, $0) != 0 } }
    func column(_ channel: Int) -> [Float] { kept.map { Float(value($0, channel)) } }
    result.scan = Scan(
      cloud: PointCloud(x: column(0), y: column(1), z: column(2), intensity: column(3)))
    if height <= Int(UInt16.max) + 1 {
      result.scan.cloud.ring = kept.map { UInt16($0 / width) }
    }
    result.notes.append("\(count - kept.count) of \(count) cells are empty")
    guard let labels else { return }
    var unknown = 0
    result.scan.labels = kept.map { cell in
      if let id = labels.rawID(value(cell, 5)) { return PointLabel(semantic: id) }
      unknown += 1
      return .unlabelled
    }
    if unknown > 0 {
      result.notes.append("\(unknown) points have another \(labels.known): taken as unlabelled")
    }
  }
}
