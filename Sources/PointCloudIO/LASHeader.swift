/// The header of a LAS file, versions 1.0 to 1.4 (ASPRS, LAS specification 1.4 R15), held to the file
/// before any point is read by it.
struct LASHeader {
  /// What a file starts with.
  static let signature = Array("LASF".utf8)

  /// Bytes of the header of version 1.`minor`.
  static func count(minor: UInt8) -> Int {
    switch minor {
    case 0...2: 227
    case 3: 235
    default: 375
    }
  }

  var layout: LASPointLayout
  /// Bytes from a point to the next: those of its format, and others that a program added.
  var step: Int
  /// Where the first point starts, behind all variable-length records.
  var pointStart: Int
  /// How many points are claimed.
  var claimedCount: UInt64
  /// What the whole numbers of x, y and z are multiplied by.
  var scales: [Double]
  /// What is added to x, y and z, then.
  var offsets: [Double]

  init(_ file: FileContent) throws(PointCloudIOError) {
    guard file.bytes.starts(with: Self.signature) else {
      throw file.damaged("the file does not start with \"LASF\"", at: 0)
    }
    guard file.count >= Self.count(minor: 0) else {
      throw file.damaged("the file ends inside its header", at: file.count)
    }
    let (major, minor) = (file.bytes[24], file.bytes[25])
    guard major == 1, minor <= 4 else {
      throw file.unsupported(
        "this is LAS \(major).\(minor), not 1.0 to 1.4", at: 24,
        remedy: "Convert it to LAS 1.4 with other software.")
    }
    let size = Int(Self.number(file, at: 94, as: UInt16.self))
    let start = Int(Self.number(file, at: 96, as: UInt32.self))
    guard size >= Self.count(minor: minor), size <= file.count else {
      throw file.damaged("a header of \(size) bytes is claimed for LAS 1.\(minor)", at: 94)
    }
    guard start >= size, start <= file.count else {
      throw file.damaged("points are claimed to start at byte \(start)", at: 96)
    }
    pointStart = start
    layout = try Self.layout(file)
    step = Int(Self.number(file, at: 105, as: UInt16.self))
    guard step >= layout.count else {
      throw file.damaged(
        "points of \(step) bytes are claimed for point format \(layout.format)", at: 105)
    }
    let legacy = UInt64(Self.number(file, at: 107, as: UInt32.self))
    let long = minor < 4 ? 0 : Self.number(file, at: 247, as: UInt64.self)
    claimedCount = long == 0 ? legacy : long
    scales = (0..<3).map { Self.double(file, at: 131 + 8 * $0) }
    offsets = (0..<3).map { Self.double(file, at: 155 + 8 * $0) }
    guard scales.allSatisfy({ $0.isFinite && $0 != 0 }), offsets.allSatisfy(\.isFinite) else {
      throw file.damaged("coordinates are scaled by \(scales) and moved by \(offsets)", at: 131)
    }
  }

  private static func layout(_ file: FileContent) throws(PointCloudIOError) -> LASPointLayout {
    let stored = file.bytes[104]
    // The highest bits say that points are compressed.
    guard stored & 0xC0 == 0 else {
      throw file.unsupported(
        "this is LAZ: its points are compressed", at: 104,
        remedy: "Decompress it: laszip -i FILE.laz -o FILE.las.")
    }
    guard let layout = LASPointLayout(format: stored) else {
      throw file.unsupported(
        "point format \(stored) is none of 0 to 10", at: 104,
        remedy: "Convert it to point format 6 with other software.")
    }
    return layout
  }

  private static func number<Whole: FixedWidthInteger>(
    _ file: FileContent, at offset: Int, as type: Whole.Type
  ) -> Whole {
    Columns.column(file.bytes, offset: offset, step: 0, count: 1) { (value: Whole) in
      Whole(littleEndian: value)
    }[0]
  }

  private static func double(_ file: FileContent, at offset: Int) -> Double {
    Double(bitPattern: number(file, at: offset, as: UInt64.self))
  }
}

/// Where what lies in the points of a LAS point format, in bytes from a point's start.
///
/// Coordinates (`Int32`) lie at 0, the intensity (`UInt16`) at 12 and the returns at 14 in all of them.
struct LASPointLayout: Equatable {
  /// The point format, 0 to 10.
  let format: UInt8

  init?(format: UInt8) {
    guard format <= 10 else { return nil }
    self.format = format
  }

  /// Whether returns take a byte of their own, the class another, and the angle two.
  var isExtended: Bool { format >= 6 }

  /// Bytes that the format itself has.
  var count: Int { [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67][Int(format)] }

  /// The class, with flags in its upper three bits where the format is not extended.
  var classification: Int { isExtended ? 16 : 15 }

  /// Whatever the user wanted.
  var userData: Int { 17 }

  /// The scan angle: an `Int8` at 16, or an `Int16` at 18 where the format is extended.
  var angle: Int { isExtended ? 18 : 16 }

  /// Which flight or device the point is from.
  var source: Int { isExtended ? 20 : 18 }

  /// The time in seconds.
  var time: Int? {
    switch format {
    case 1, 3, 4, 5: 20
    case 6...10: 22
    default: nil
    }
  }

  /// Red, green and blue.
  var colour: Int? {
    switch format {
    case 2: 20
    case 3, 5: 28
    case 7, 8, 10: 30
    default: nil
    }
  }

  /// Near infrared.
  var infrared: Int? { format == 8 || format == 10 ? 36 : nil }
}
