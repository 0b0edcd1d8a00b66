import Randomness

extension StreetScene {
  /// The street of a key: the same key gives the same street.
  ///
  /// Each part draws from a key of its own, so that a change of one leaves the others as they were,
  /// but for what no longer fits beside it.
  ///
  /// `duration` is for how many seconds it is looked at: the farther the ego vehicle gets, the longer
  /// the street.
  static func make(
    _ configuration: StreetConfiguration, key: RandomKey, duration: Double = 0
  ) -> Self {
    var builder = StreetBuilder(configuration, key: key, duration: duration)
    builder.startEgo()
    builder.addGround()
    builder.addMarkings()
    builder.reserveSideStreets()
    builder.reserveCourtyards()
    builder.addVistas()
    builder.addBuildings()
    builder.addBoundaries()
    builder.addPoles()
    builder.addTraffic()
    builder.addFurniture()
    builder.addThickets()
    builder.addTrees()
    builder.addClutter()
    builder.addParkedVehicles()
    builder.furnishCourtyards()
    builder.addPeople()
    builder.addRiders()
    builder.addBackdrop()
    return Self(mesh: builder.mesh, actors: builder.actors, ego: builder.ego)
  }

  /// The street of a key for as many scans as a configuration asks for, a `period` of seconds apart.
  static func make(
    _ configuration: SimulationConfiguration, key: RandomKey, period: Double
  ) -> Self {
    make(
      configuration.streets, key: key, duration: Double(configuration.frames - 1) * period)
  }
}
