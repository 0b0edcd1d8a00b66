public import PointClouds

extension ObjectVote {
  /// How wide objects of the classes that label maps name can be, in metres.
  ///
  /// Persons with their arms out, bicycles and motorcycles with a margin; vehicles stand in rows.
  private static let widths: [String: Float] = [
    "person": 1.5, "pedestrian": 1.5,
    "cyclist": 2.5, "bicycle": 2.5, "bicyclist": 2.5, "motorcycle": 3, "motorcyclist": 3,
    "car": .infinity, "van": .infinity, "truck": .infinity, "bus": .infinity,
    "other-vehicle": .infinity,
  ]

  /// The vote among the classes of a label map; those whose size is not known are no objects.
  public init(_ map: LabelMap) {
    self.init(
      widths: map.classes.map { Self.widths[$0.name] ?? 0 },
      background: map.restPosition.map(UInt8.init))
  }
}
