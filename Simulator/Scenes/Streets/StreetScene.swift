/// A stretch of street with everything on it, ready to be scanned.
///
/// Metres in a world frame: z up; the ego vehicle is near the origin when the clock is at 0.
struct StreetScene: Sendable {
  /// What stays where it is: ground, buildings, vegetation, furniture.
  var mesh: Mesh
  /// Vehicles and people, parked and moving.
  ///
  /// Their numbers are their places in this list.
  var actors: [Actor]
  /// Where the ego vehicle is: the ground below its sensor.
  var ego: Trajectory
}

/// Someone or something that takes part in traffic.
struct Actor: Sendable {
  var model: ActorModel
  /// The ground below its middle.
  var trajectory: Trajectory
  /// Whether it counts as moving for the labels.
  var isMoving: Bool { trajectory.isMoving }
}
