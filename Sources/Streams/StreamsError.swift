/// What went wrong in receiving sweeps.
public struct StreamsError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// An address or a port cannot be listened to.
    case unreachable
    /// The source cannot be read.
    case unreadable
    /// The source contradicts its format.
    case damaged
    /// The sensor is not known, or has no calibration.
    case unknownSensor
    /// The recording has no topic of that name.
    case unknownTopic
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// One sentence: what to do about it.
  public var remedy: String
  /// The file or the address.
  public var path: String?
  /// The byte in the file where it was noticed.
  public var offset: Int?

  /// An error; see the properties.
  public init(
    _ code: Code, _ message: String, remedy: String, path: String? = nil, offset: Int? = nil
  ) {
    (self.code, self.message, self.remedy) = (code, message, remedy)
    (self.path, self.offset) = (path, offset)
  }
}
