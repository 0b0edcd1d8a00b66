import Datasets

/// Scans to learn from.
public struct DataConfiguration: Codable, Equatable, Sendable {
  /// How scans are stored.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Told from what is in the folder: `.npy` files are shards, everything else scans.
    case auto
    /// Range images in NumPy arrays: of the simulator, or SqueezeSeg's.
    case shards
    /// Scans in any layout, with labels or boxes.
    case scans
    /// Nothing is stored: the simulator makes them while they are learned from.
    case streets
  }

  /// The folder; for streets the sensor's name.
  public var path: String
  /// How scans are stored.
  public var kind: Kind
  /// How often they come beside the other sources'.
  public var weight: Double
  /// Whether images look ahead, or in a direction that is drawn.
  public var window: SampleWindow
  /// For streets: other seeds give other streets.
  public var seed: UInt64
  /// For streets: whether labels are decided by the actors' boxes, as KITTI's are, or by what the pulse
  /// hit.
  public var boxLabels: Bool
  /// Whether labels are learned from, or the scans are of the target, of which nothing is known: labels
  /// that lie beside them are not read then.
  public var domain: LabelledImage.Domain
  /// Where the images' intensities come from.
  public var intensity: IntensitySource
  /// The model that says them, where they are learned.
  public var intensityModel: String
  /// The model that says which rays bring nothing back, besides those of which the simulator says so; none
  /// if empty.
  public var rayDropModel: String

  /// Scans of a folder; see the properties.
  public init(
    path: String, kind: Kind = .auto, weight: Double = 1, window: SampleWindow = .drawn,
    seed: UInt64 = 1, boxLabels: Bool = true, domain: LabelledImage.Domain = .source,
    intensity: IntensitySource = .physical, intensityModel: String = "", rayDropModel: String = ""
  ) {
    self.path = path
    self.kind = kind
    self.weight = weight
    self.window = window
    self.seed = seed
    self.boxLabels = boxLabels
    self.domain = domain
    self.intensity = intensity
    self.intensityModel = intensityModel
    self.rayDropModel = rayDropModel
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case path, kind, weight, window, seed, boxLabels, domain, intensity, intensityModel,
      rayDropModel
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads what is given and takes the defaults for the rest; a key that there is not is refused.
  public init(from decoder: any Decoder) throws {
    let known = CodingKeys.allCases.map(\.rawValue)
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where !known.contains(key.stringValue) {
      let nearest = nearestName(to: key.stringValue, among: known)
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath + [key],
          debugDescription: "there is no such key"
            + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")))
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      path: try fields.decode(String.self, forKey: .path),
      kind: try fields.decodeIfPresent(Kind.self, forKey: .kind) ?? .auto,
      weight: try fields.decodeIfPresent(Double.self, forKey: .weight) ?? 1,
      window: try fields.decodeIfPresent(SampleWindow.self, forKey: .window) ?? .drawn,
      seed: try fields.decodeIfPresent(UInt64.self, forKey: .seed) ?? 1,
      boxLabels: try fields.decodeIfPresent(Bool.self, forKey: .boxLabels) ?? true,
      domain: try fields.decodeIfPresent(LabelledImage.Domain.self, forKey: .domain) ?? .source,
      intensity: try fields.decodeIfPresent(IntensitySource.self, forKey: .intensity) ?? .physical,
      intensityModel: try fields.decodeIfPresent(String.self, forKey: .intensityModel) ?? "",
      rayDropModel: try fields.decodeIfPresent(String.self, forKey: .rayDropModel) ?? "")
  }
}
