package import Exchange
package import Foundation

/// What lies in the folder of an exported model, as `export.json` says it.
package struct ExportManifest: Codable, Equatable, Sendable {
  /// The name of the file that holds this.
  package static let fileName = "export.json"

  /// A file beside it.
  package struct File: Codable, Equatable, Sendable {
    /// Its name in the folder.
    package var name: String
    /// Bytes.
    package var bytes: Int
    /// Its SHA-256 in hexadecimal.
    package var sha256: String

    /// What is known of some bytes.
    package init(_ name: String, _ data: Data) {
      self.name = name
      bytes = data.count
      sha256 = SHA256.hexadecimalDigest(of: data)
    }
  }

  /// A value that goes in or comes out.
  package struct Port: Codable, Equatable, Sendable {
    /// Its name in the model's file.
    package var name: String
    /// Extents, outermost first.
    package var shape: [Int]
    /// The file of the golden scan's value, if there is one.
    package var golden: String?
  }

  /// A channel of the features.
  package struct Channel: Codable, Equatable, Sendable {
    /// What it holds.
    package var name: InputDescription.Channel
    /// Subtracted first.
    package var mean: Float
    /// Divides then.
    package var deviation: Float
  }

  /// The model's name.
  package var model: String
  /// The SHA-256 of the model's own file, as `lidarseg` writes it.
  package var modelSHA256: String
  /// The SHA-256 of the network's text, as it is prepared for inference.
  package var graphSHA256: String
  /// The version of lidarseg that wrote the folder.
  package var lidarseg: String
  /// The file of the network.
  package var file: String
  /// The operator set of the file.
  package var operatorSet: Int
  /// The names of the classes, in the order of the scores.
  package var classes: [String]
  /// What the file takes.
  package var inputs: [Port]
  /// What the file gives; the scores have a golden value.
  package var outputs: [Port]
  /// The channels of the features.
  package var channels: [Channel]
  /// Whether an empty cell's features are normalised zeros; zeros otherwise.
  package var normalizesEmptyCells: Bool
  /// Whether the file makes the features itself, of an image as it was measured.
  package var normalizesItself: Bool
  /// Whether images inside the network are bytes.
  package var isQuantized: Bool
  /// How far a score may be from the golden one: where images are bytes, a fiftieth of the range of the
  /// scores, since a number between two steps may fall to either side.
  package var tolerance: Float
  /// The least share of cells whose most probable class must be the golden one, where that leads by more
  /// than the tolerance allows for.
  package var agreement: Double
  /// All files but this one.
  package var files: [File]
}
