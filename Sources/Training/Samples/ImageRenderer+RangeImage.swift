import PointClouds
package import Randomness
package import RangeImages

extension ImageRenderer {
  /// Replaces the intensities of a range image by what the network says, or takes returns away.
  ///
  /// - Parameters:
  ///   - image: of the size that the network was trained for; intensities become 0 to 1.
  ///   - geometry: the directions of its cells.
  ///   - key: decides what is left to chance.
  /// - Throws: where the network cannot be prepared a further time.
  package func render(
    _ image: inout RangeImage, geometry: ImageGeometry, key: RandomKey
  ) throws {
    var copy = LabelledImage(geometry)
    (copy.x, copy.y, copy.z) = (image.x, image.y, image.z)
    (copy.intensity, copy.range) = (image.intensity, image.range)
    try render(&copy, key: key)
    (image.x, image.y, image.z) = (copy.x, copy.y, copy.z)
    (image.intensity, image.range) = (copy.intensity, copy.range)
    for cell in 0..<image.count where !copy.isOccupied(cell) {
      image.pointIndex[cell] = -1
      image.labels?[cell] = .unlabelled
    }
  }
}
