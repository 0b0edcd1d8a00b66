import ArgumentParser
import RangeImages

/// The range images that `convert --to npy` writes.
struct ConvertImageOptions: ParsableArguments {
  /// Images by the names that people type.
  enum Preset: String, CaseIterable, ExpressibleByArgument, Sendable {
    case kittiFront = "kitti-front"
    case kittiFull = "kitti-full"

    var geometry: ImageGeometry { self == .kittiFront ? .kittiFront : .kittiFull }
  }

  @Option(
    help: "Of npy: kitti-front (64x512, +-45 degrees; unless given) or kitti-full (64x2048).")
  var image: Preset?

  @Option(help: "Of npy: rows of the image; rings below the last are left out.")
  var rows: Int?

  @Option(help: "Of npy: columns of the image.")
  var columns: Int?

  // What starts with "-" is a value here.
  @Option(
    parsing: .unconditional,
    help: "Of npy: azimuth of the left edge in degrees, counted to the left.")
  var left: Double?

  @Option(
    parsing: .unconditional, help: "Of npy: azimuth of the right edge in degrees.")
  var right: Double?

  /// Whether any of them was given.
  var isGiven: Bool {
    image != nil || rows != nil || columns != nil || left != nil || right != nil
  }

  /// The image that they describe.
  ///
  /// - Throws: `RangeImagesError` where there is no such image.
  func geometry() throws -> ImageGeometry {
    var geometry = (image ?? .kittiFront).geometry
    geometry.rows = rows ?? geometry.rows
    geometry.columns = columns ?? geometry.columns
    geometry.left = left ?? geometry.left
    geometry.right = right ?? geometry.right
    try geometry.validate()
    return geometry
  }
}
