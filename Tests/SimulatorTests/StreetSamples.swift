import Randomness

@testable import Simulator

/// Streets to look at in tests.
enum StreetSamples {
  static func key(_ index: Int) -> RandomKey {
    RandomKey(seed: 2026).key(.scene, index)
  }

  /// The first few streets of a configuration.
  static func scenes(
    _ count: Int, _ configuration: StreetConfiguration = StreetConfiguration()
  ) -> [StreetScene] {
    (0..<count).map { StreetScene.make(configuration, key: key($0)) }
  }

  /// Streets with as much traffic as KITTI's have.
  static var kittiLike: StreetConfiguration {
    var configuration = StreetConfiguration()
    configuration.people = 1
    configuration.riders = 1
    return configuration
  }

  /// A configuration of one style only.
  static func only(_ style: StreetStyle) -> StreetConfiguration {
    var configuration = StreetConfiguration()
    configuration.styles.residential = style == .residential ? 1 : 0
    configuration.styles.city = style == .city ? 1 : 0
    configuration.styles.arterial = style == .arterial ? 1 : 0
    configuration.styles.campus = style == .campus ? 1 : 0
    return configuration
  }
}

extension Actor {
  /// The ground below its box.
  func footprint(at time: Double = 0) -> Footprint {
    Footprint(trajectory.placement(at: time), length: model.size.x, width: model.size.y)
  }
}
