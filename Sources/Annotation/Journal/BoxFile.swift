import Foundation
import JSONTexts
import PointCloudIO

/// The objects of a sweep as a file: JSON with `frame` ("sensor": x forward, y left, z up, metres) and
/// `objects`, each with `id`, `class`, `state`, and `box`: `bottom` (the middle of the bottom), `size`
/// (length, width, height) and `heading` (radians from x to the left).
public struct BoxFile: Codable, Equatable, Sendable {
  /// The frame of the boxes.
  public var frame = "sensor"
  /// The objects, by number.
  public var objects: [Entry]

  /// An object of the file.
  public struct Entry: Codable, Equatable, Sendable {
    /// Its number.
    public var id: UInt16
    /// What it is.
    public var objectClass: ObjectClass
    /// How sure it is; confirmed unless the file says otherwise.
    public var state: AnnotatedObject.State?
    /// Its box, where it has one.
    public var box: OrientedBox?

    private enum CodingKeys: String, CodingKey {
      case id
      case objectClass = "class"
      case state
      case box
    }
  }

  /// A file of some objects.
  public init(_ objects: [AnnotatedObject]) {
    self.objects = objects.map {
      Entry(id: $0.id, objectClass: $0.objectClass, state: $0.state, box: $0.box)
    }
  }

  /// Reads a file.
  ///
  /// - Throws: `unreadable`; `damaged` where it is no such file, or a box has no size.
  public init(path: String) throws(AnnotationError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw AnnotationError(
        .unreadable, "the boxes cannot be read: \(error.localizedDescription)",
        remedy: "Check the path and its permissions.", path: path)
    }
    do {
      self = try JSONText.decode(BoxFile.self, from: data)
    } catch {
      throw AnnotationError(
        .damaged, "these are no boxes: \(error)", remedy: "Restore the file.", path: path)
    }
    guard frame == "sensor", objects.allSatisfy({ $0.box?.isValid ?? true }) else {
      throw AnnotationError(
        .damaged, "a box has no size or no place, or the frame '\(frame)' is not 'sensor'",
        remedy: "Write sizes above 0 in the sensor's frame.", path: path)
    }
  }

  /// The text of the file.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
