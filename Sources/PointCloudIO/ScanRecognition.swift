/// Tells the formats apart: by what a file starts with, by how plausible its values are as points,
/// and last by its name.
enum ScanRecognition {
  static func format(of file: FileContent) throws(PointCloudIOError) -> ScanFormat {
    if file.bytes.starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })) {
      return .squeezeSegNpy
    }
    if file.bytes.starts(with: Array("ply\n".utf8)) || file.bytes.starts(with: Array("ply\r".utf8))
    {
      return .ply
    }
    if file.bytes.starts(with: LASHeader.signature) { return .las }
    if startsLikePCD(file.bytes) { return .pcd }
    if let kind = foreignKind(file.bytes) {
      throw unrecognised(file, "this is \(kind), not a scan of points")
    }
    // A name that promises a header wins over plausibility: with its first bytes damaged, such a
    // file must not be taken for points.
    for (ending, format) in [
      (".npy", ScanFormat.squeezeSegNpy), (".pcd", .pcd), (".ply", .ply), (".las", .las),
      (".laz", .las),
    ]
    where file.path.lowercased().hasSuffix(ending) {
      return format
    }
    if file.bytes.isEmpty { throw file.damaged("the file is empty", at: 0) }
    return try headerless(file)
  }

  /// KITTI or nuScenes: records of four or five floats.
  private static func headerless(_ file: FileContent) throws(PointCloudIOError) -> ScanFormat {
    let isText = file.bytes.prefix(16).allSatisfy {
      (9...13).contains($0) || (32..<127).contains($0)
    }
    let fitting =
      isText ? [] : [ScanFormat.kittiBin, .nuScenes].filter { isPlausible(file.bytes, as: $0) }
    if fitting.count == 1 { return fitting[0] }
    let whole = fitting.filter { file.count % HeaderlessPoints.step(of: $0) == 0 }
    if whole.count == 1 { return whole[0] }
    guard fitting.count == 2 else { throw unrecognised(file, "the content fits no known format") }
    if file.path.lowercased().hasSuffix(".pcd.bin") { return .nuScenes }
    if file.path.lowercased().hasSuffix(".bin") { return .kittiBin }
    throw unrecognised(file, "the content fits both kitti-bin and nuscenes")
  }

  /// Whether 98 of 100 records have coordinates within a kilometre that are not all too small to
  /// be metres, an intensity from 0 to 65535, and, for nuScenes, a beam number.
  ///
  /// Records with values that are not finite speak neither for nor against.
  private static func isPlausible(_ bytes: [UInt8], as format: ScanFormat) -> Bool {
    let step = HeaderlessPoints.step(of: format)
    let count = bytes.count / step
    // At most some 4,000 records, from all over the file; a distance with no factor in common with
    // 4 and 5, so that records of the other length would be met at every phase.
    var stride = max(1, count / 4096)
    while stride % 2 == 0 || stride % 5 == 0 { stride += 1 }
    let samples = count == 0 ? 0 : (count - 1) / stride + 1
    let columns = (0..<step / 4).map {
      Columns.floats(bytes, offset: 4 * $0, step: step * stride, count: samples)
    }
    var good = 0
    var judged = 0
    for index in 0..<samples {
      let values = columns.map { $0[index] }
      guard values.allSatisfy(\.isFinite) else { continue }
      judged += 1
      let extent = max(abs(values[0]), abs(values[1]), abs(values[2]))
      let isPosition = extent == 0 || (extent > 0.01 && extent < 1000)
      let isBeam = step == 16 || (values[4] == values[4].rounded() && 0..<512 ~= values[4])
      // Values that are not zero and next to nothing are not measured but other bits.
      let isIntensity = values[3] == 0 || 1e-6...65535 ~= values[3]
      if isPosition, isBeam, isIntensity { good += 1 }
    }
    return good * 50 >= judged * 49
  }

  /// Whether the first line that is not a comment is one of PCD's.
  private static func startsLikePCD(_ bytes: [UInt8]) -> Bool {
    var lines = HeaderLines(bytes)
    while let line = lines.next() {
      guard let keyword = line.words.first, !keyword.text.hasPrefix("#") else { continue }
      return ["VERSION", "FIELDS", "COLUMNS"].contains(keyword.text)
    }
    return false
  }

  private static func foreignKind(_ bytes: [UInt8]) -> String? {
    let kinds: [(start: [UInt8], kind: String)] = [
      ([0xD4, 0xC3, 0xB2, 0xA1], "a pcap capture"), ([0xA1, 0xB2, 0xC3, 0xD4], "a pcap capture"),
      ([0x4D, 0x3C, 0xB2, 0xA1], "a pcap capture"), ([0x0A, 0x0D, 0x0D, 0x0A], "a pcapng capture"),
      (Array("SQLite format 3".utf8), "an SQLite database"), ([0x89, 0x4D, 0x43], "an MCAP file"),
      (Array("#ROSBAG".utf8), "a ROS bag"),
      ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"), ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
      ([0x1F, 0x8B], "gzip data"), (Array("PK\u{3}\u{4}".utf8), "a zip archive"),
      ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ]
    return kinds.first { bytes.starts(with: $0.start) }?.kind
  }

  private static func unrecognised(_ file: FileContent, _ message: String) -> PointCloudIOError {
    let known = ScanFormat.allCases.map(\.rawValue).joined(separator: ", ")
    return PointCloudIOError(
      .unrecognised, message, remedy: "Say what it is with --from KIND (\(known)).",
      path: file.path, offset: 0)
  }
}
