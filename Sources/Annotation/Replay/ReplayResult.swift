/// What an ideal annotator needed, and how good the objects were.
public struct ReplayResult: Codable, Equatable, Sendable {
  /// Sweeps that were annotated.
  public var scans = 0
  /// Sweeps by where their truth comes from.
  public var origins: [String: Int] = [:]
  /// Objects with a box drawn by hand need so many operations.
  public var manualOperations = Effort.manual
  /// Each object of each sweep by clicks of its own.
  public var oneClick: [Row] = []
  /// Objects of consecutive sweeps, carried on by tracks.
  public var tracking: [Row] = []
  /// How tracks did from one sweep to the next.
  public var tracks = Tracks()
  /// Sweeps whose pose is known.
  public var sweepsWithPose = 0
  /// What was left out.
  public var ignored = Ignored()
  /// Durations.
  public var times = Times()

  /// Objects of one class.
  public struct Row: Codable, Equatable, Sendable {
    /// What they are.
    public var objectClass: ObjectClass
    /// How many there are, each in each sweep counting once.
    public var objects: Int
    /// How many were right without a correction, after one click or from their track.
    public var accepted: Int
    /// What was done for all of them.
    public var effort: Effort
    /// Operations for each.
    public var operationsPerObject: Double
    /// Medians over the objects before corrections, points on the ground left out, 0...1.
    public var pointIoU: Double
    /// The same with the ground in the boxes.
    public var pointIoUWithGround: Double
    /// Means over the objects, points on the ground left out, 0...1.
    public var pointPrecision: Double
    /// Means over the objects, points on the ground left out, 0...1.
    public var pointRecall: Double
    /// How many have a true box.
    public var boxes: Int
    /// Medians over those, before corrections, 0...1.
    public var boxIoUFromAbove: Double?
    /// The same of volumes.
    public var boxIoU: Double?
  }

  /// How tracks did.
  public struct Tracks: Codable, Equatable, Sendable {
    /// Objects that were there in at least two sweeps.
    public var objects = 0
    /// Those that never needed a correction after their first sweep.
    public var neverCorrected = 0
    /// Steps of objects from one sweep to the next.
    public var steps = 0
    /// Steps after which the object was lost.
    public var lost = 0
    /// Steps after which it was found and its points overlapped the truth by less than 0.7.
    public var wrong = 0

    /// The share of steps without correction; nothing without steps.
    public var keptShare: Double? {
      steps > 0 ? 1 - Double(lost + wrong) / Double(steps) : nil
    }
  }

  /// What was left out.
  public struct Ignored: Codable, Equatable, Sendable {
    /// Objects with too few points off the ground.
    public var fewPoints = 0
    /// Derived objects that are several in one.
    public var merged = 0
    /// Sweeps without truth.
    public var withoutTruth = 0
  }

  /// Durations in milliseconds.
  public struct Times: Codable, Equatable, Sendable {
    /// Opening a sweep: its ground, and where what stands on it is.
    public var open: Duration?
    /// A click on an opened sweep.
    public var click: Duration?
    /// Carrying all tracks on to a sweep.
    public var track: Duration?

    /// Some durations, in milliseconds.
    public struct Duration: Codable, Equatable, Sendable {
      /// How many there were.
      public var count: Int
      /// The middle one.
      public var median: Double
      /// What 99 of 100 do not exceed.
      public var p99: Double

      init?(seconds: [Double]) {
        guard let middle = Annotation.median(seconds) else { return nil }
        let sorted = seconds.sorted()
        count = seconds.count
        median = middle * 1000
        p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)] * 1000
      }
    }
  }
}
