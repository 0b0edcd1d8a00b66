/// The points of one scan: one array per property, all of one length.
///
/// Coordinates are metres in the sensor's frame (x forward, y left, z up). A point whose coordinate
/// is not finite is a point like any other: it is kept, counted, and labelled as unlabelled.
public struct PointCloud: Equatable, Sendable {
  /// Coordinates in metres, one per point.
  public var x: [Float]
  /// Coordinates in metres, one per point.
  public var y: [Float]
  /// Coordinates in metres, one per point.
  public var z: [Float]
  /// Strength of the return, in the unit of the source; 0 where the source has none.
  public var intensity: [Float]
  /// Beam that measured the point, where the source says so.
  public var ring: [UInt16]?
  /// Seconds since the start of the sweep, where the source says so.
  public var time: [Float]?
  /// Which return of its pulse a point is (0 is the first), where the source says so.
  public var returnIndex: [UInt8]?
  /// What the source carries beyond these, kept so that writing loses nothing.
  public var extraFields: [ExtraField]

  /// How many points there are.
  public var count: Int { x.count }

  /// A cloud of the given points.
  ///
  /// - Precondition: all arrays have one length.
  public init(
    x: [Float] = [], y: [Float] = [], z: [Float] = [], intensity: [Float] = [],
    ring: [UInt16]? = nil, time: [Float]? = nil, returnIndex: [UInt8]? = nil,
    extraFields: [ExtraField] = []
  ) {
    let count = x.count
    precondition(
      y.count == count && z.count == count && intensity.count == count,
      "x, y, z, intensity differ in length: \([count, y.count, z.count, intensity.count])")
    let others = [ring?.count, time?.count, returnIndex?.count] + extraFields.map(\.values.count)
    precondition(
      others.allSatisfy { $0 == nil || $0 == count },
      "an optional field's length is not the point count \(count): \(others)")
    self.x = x
    self.y = y
    self.z = z
    self.intensity = intensity
    self.ring = ring
    self.time = time
    self.returnIndex = returnIndex
    self.extraFields = extraFields
  }

  /// Whether point `index` has a position that can be projected: all coordinates finite and not
  /// all zero.
  public func isMeasured(_ index: Int) -> Bool {
    let (x, y, z) = (x[index], y[index], z[index])
    return x.isFinite && y.isFinite && z.isFinite && (x != 0 || y != 0 || z != 0)
  }
}

/// A field that a file carries for each point beyond the ones a `PointCloud` names.
public struct ExtraField: Equatable, Sendable {
  /// The field's name in the file.
  public var name: String
  /// One value per point; `Double` holds every 32-bit type exactly.
  public var values: [Double]
  /// How the file stores a value.
  public var storage: Storage

  /// Element types of point-cloud files.
  public enum Storage: String, CaseIterable, Sendable {
    case int8
    case uint8
    case int16
    case uint16
    case int32
    case uint32
    case float32
    case float64
  }

  /// A field with its values and how a file stores one.
  public init(name: String, values: [Double], storage: Storage) {
    self.name = name
    self.values = values
    self.storage = storage
  }
}
