package import PointClouds
package import Randomness
package import RangeImages
package import Training

/// Images that are kept in memory.
package struct ImageList: SampleSource {
  package let name: String
  package let labelMap: LabelMap
  private let images: [LabelledImage]

  /// - Precondition: there are images, all of one size.
  package init(_ images: [LabelledImage], named name: String, labelMap: LabelMap) {
    precondition(!images.isEmpty, "\(name) has no images")
    (self.images, self.name, self.labelMap) = (images, name, labelMap)
  }

  package var count: Int? { images.count }

  package var geometry: ImageGeometry { images[0].geometry }

  package func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) {
    image = images[index]
  }
}
