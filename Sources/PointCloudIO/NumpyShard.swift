import PointClouds

/// The simulator's arrays of shape [n, H, W, 6]: whole sweeps whose cells are x, y, z, intensity, range
/// and a raw id of SemanticKITTI.
struct NumpyShard {
  /// How many images there are; of a file that ends early those that are whole, and one more, which
  /// says so when it is read.
  let count: Int
  private let file: NumpyFloats
  /// Values of an image.
  private let size: Int

  /// Opens a shard, of which the end may be missing.
  ///
  /// - Throws: `.unreadable`; `.damaged`; `.unsupported` for an array of another shape or type.
  init(path: String) throws(PointCloudIOError) {
    file = try NumpyFloats(path: path, mayBeCut: true)
    guard file.shape.count == 4, file.shape[3] == 6, file.shape.allSatisfy({ $0 > 0 }) else {
      throw PointCloudIOError(
        .unsupported, "an array of shape \(file.shape) is no array [n, H, W, 6] of images",
        remedy: "Name an array of images.", path: path, offset: 0)
    }
    size = file.shape[1...].reduce(1, *)
    // Not what the header says: it may say anything.
    count = min(file.shape[0], file.count / size + 1)
  }

  /// Reads one image; every cell that is not empty is a point.
  ///
  /// - Throws: `.unreadable`; `.damaged` where the file ends before the image does.
  func read(_ image: Int) throws(PointCloudIOError) -> ReadScan {
    guard (image + 1) * size <= file.count else {
      throw file.damage
        ?? PointCloudIOError(
          .damaged, "there is no image \(image): the file holds \(file.shape[0])",
          remedy: "Open the data set again.", path: file.path, offset: 0)
    }
    var values: [Float] = []
    try file.read(image * size..<(image + 1) * size, into: &values)
    var result = ReadScan(
      scan: Scan(cloud: PointCloud()), format: .squeezeSegNpy, path: file.path,
      damage: image + 1 == file.shape[0] ? file.damage : nil)
    NumpyImage(count: size / 6, width: file.shape[2], height: file.shape[1])
      .read(.rawIDs, into: &result) { Double(values[$0 * 6 + $1]) }
    return result
  }
}

extension ScanFile {
  /// How many scans a NumPy array of shape [n, H, W, 6] holds; nothing for every other file.
  ///
  /// Only its header is read.
  package static func imageCount(_ path: String) -> Int? {
    try? NumpyShard(path: path).count
  }

  /// Reads one of the images of an array [n, H, W, 6]: every cell that is not empty is a point, its
  /// row the ring, its sixth value a raw id of SemanticKITTI.
  ///
  /// - Throws: `.unreadable`; `.unsupported`; `.damaged` where the file ends before the image does.
  public static func read(_ path: String, image: Int) throws(PointCloudIOError) -> ReadScan {
    try NumpyShard(path: path).read(image)
  }
}
