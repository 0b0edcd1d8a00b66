/// What went wrong with a simulation.
public struct SimulatorError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// The recipe asks for something impossible.
    case invalidConfiguration
    /// The sensor's table lacks what simulating it needs.
    case unsuitableSensor
    /// The folder to write to cannot be used.
    case unusableFolder
    /// The ray caster does not start or has no memory.
    case rayCaster
    /// A file cannot be written.
    case unwritable
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file or folder, where there is one.
  public var path: String?

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, remedy: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
  }
}
