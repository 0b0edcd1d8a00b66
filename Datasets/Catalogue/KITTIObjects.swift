package import PCLBridge

/// The annotated objects of one KITTI frame: the lines of a `label_2` file.
///
/// A line has 15 fields (16 with a detection's score): type, truncation, occlusion, viewing angle,
/// the 2-D box (left, top, right, bottom, in pixels), height, width, length (metres), the middle of
/// the bottom (x, y, z in the rectified camera's frame, metres) and the yaw (radians about the
/// downward axis). A `DontCare` line says only by its 2-D box where nothing is annotated.
public struct KITTIObjects: Equatable, Sendable {
  /// 3-D boxes in the order of the file.
  package var boxes: [CameraBox]
  /// The 2-D boxes of `DontCare` lines.
  package var regions: [ImageRegion]

  /// Reads a `label_2` file; an empty one has no objects.
  ///
  /// - Throws: `unreadable`, or `malformed` with the line's number and byte offset.
  public init(path: String) throws(DatasetsError) {
    boxes = []
    regions = []
    let file = try TextFile(path: path)
    for line in file.lines {
      let words = line.text.split(whereSeparator: \.isWhitespace)
      let kind = try Self.kind(named: String(words[0]), at: line, in: file)
      guard words.count == 15 || words.count == 16 else {
        throw file.malformed(
          line, "\(words.count) fields instead of 15", remedy: "Restore the file from its archive.")
      }
      let numbers = try file.numbers(words.dropFirst(), at: line)
      if kind == .dontCare {
        regions.append(try Self.region(numbers, at: line, in: file))
      } else {
        boxes.append(try Self.box(numbers, kind: kind, at: line, in: file))
      }
    }
  }

  private static func kind(
    named name: String, at line: TextFile.Line, in file: TextFile
  ) throws(DatasetsError) -> KITTIClass {
    if let kind = KITTIClass.fileNames[name] { return kind }
    let names = KITTIClass.fileNames.keys.sorted()
    let meant = nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
    throw file.malformed(
      line, "unknown type '\(name)'", remedy: meant ?? "Types are \(names.joined(separator: ", "))."
    )
  }

  private static func region(
    _ numbers: [Double], at line: TextFile.Line, in file: TextFile
  ) throws(DatasetsError) -> ImageRegion {
    let region = ImageRegion(
      left: numbers[3], top: numbers[4], right: numbers[5], bottom: numbers[6])
    guard region.left <= region.right, region.top <= region.bottom else {
      throw file.malformed(
        line, "the 2-D box ends before it starts", remedy: "Restore the file from its archive.")
    }
    return region
  }

  private static func box(
    _ numbers: [Double], kind: KITTIClass, at line: TextFile.Line, in file: TextFile
  ) throws(DatasetsError) -> CameraBox {
    let (height, width, length) = (numbers[7], numbers[8], numbers[9])
    guard min(height, width, length) > 0 else {
      throw file.malformed(
        line, "a box of \(height) x \(width) x \(length) m", remedy: "Sizes must be above 0.")
    }
    return CameraBox(
      bottom: SIMD3(numbers[10], numbers[11], numbers[12]), length: length, width: width,
      height: height, yaw: numbers[13], kind: kind.rawValue)
  }
}

extension TextFile {
  /// Finite decimal numbers, one per word.
  func numbers(
    _ words: some Sequence<Substring>, at line: Line
  ) throws(DatasetsError) -> [Double] {
    var numbers: [Double] = []
    for word in words {
      guard let number = Double(word), number.isFinite else {
        throw malformed(
          line, "'\(word)' is not a finite number", remedy: "Restore the file from its archive.")
      }
      numbers.append(number)
    }
    return numbers
  }
}
