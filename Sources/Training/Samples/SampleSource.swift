public import PointClouds
public import Randomness
public import RangeImages

/// Where labelled images come from.
///
/// An image is a function of its number and of a key alone, not of what was read before or at the
/// same time.
public protocol SampleSource: Sendable {
  /// What messages call it, such as a path.
  var name: String { get }
  /// How many images there are; nothing where they never end.
  var count: Int? { get }
  /// The directions of the images' cells.
  var geometry: ImageGeometry { get }
  /// What the images' classes are.
  var labelMap: LabelMap { get }

  /// Reads an image.
  ///
  /// - Parameters:
  ///   - index: from 0 to below `count`.
  ///   - key: decides what is left to chance, such as where a window into a sweep starts.
  ///   - image: what is replaced; its memory is used again.
  /// - Throws: `TrainingError`, naming the file and the byte where there is one.
  func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws

  /// Counts the cells of all classes in an image, where only a window is read in all of the sweep.
  ///
  /// - Throws: what reading throws.
  func census(of index: Int) throws -> ImageCensus
}

/// How many cells of an image belong to what.
public struct ImageCensus: Codable, Equatable, Sendable {
  /// Cells of each class, in the order of the label map.
  public var classes: [Int]
  /// Points whose raw id is none of the label map's.
  public var unknown: Int

  /// A census; see the properties.
  public init(classes: [Int], unknown: Int = 0) {
    self.classes = classes
    self.unknown = unknown
  }
}

extension SampleSource {
  /// Reads an image into memory of its own.
  ///
  /// - Throws: what `read(_:key:into:)` throws.
  public func image(at index: Int, key: RandomKey) throws -> LabelledImage {
    var image = LabelledImage(geometry)
    try read(index, key: key, into: &image)
    return image
  }

  /// Counts the cells of the image that a fixed key gives.
  ///
  /// - Throws: what reading throws.
  public func census(of index: Int) throws -> ImageCensus {
    let image = try image(at: index, key: RandomKey(seed: 0))
    return ImageCensus(
      classes: image.classCounts(of: labelMap.classes.count), unknown: image.unknownCount)
  }
}

/// Which part of a scan that goes all the way round a sample shows.
public enum SampleWindow: String, Codable, CaseIterable, Sendable {
  /// The part where the image looks.
  case front
  /// A part that is drawn for each sample, turned to where the image looks.
  case drawn
}
