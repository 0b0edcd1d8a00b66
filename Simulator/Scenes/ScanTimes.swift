/// Where the time of simulated scans goes.
public struct ScanTimes: Sendable {
  /// Scans made.
  public var scans = 0
  /// Triangles of all scans' scenes.
  public var triangles = 0
  /// Making streets, and putting actors into them.
  public var scene = Duration.zero
  /// Building the ray caster's tree.
  public var tree = Duration.zero
  /// Casting rays.
  public var cast = Duration.zero
  /// Aiming pulses, and making points of what they meet.
  public var sensor = Duration.zero
}
