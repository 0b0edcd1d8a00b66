import Foundation
package import PointClouds
package import Randomness
package import RangeImages
package import Sensors

/// Turns a labelled cloud into the image of a sample.
package struct SampleProjector: Sendable {
  private let target: ImageGeometry
  private let looking: ImageGeometry
  /// By how much the window's azimuths exceed the image's, in radians.
  private let excess: Double

  /// A projector into an image, or into a window of its size that is drawn by a key and turned to
  /// where the image looks.
  package init(_ geometry: ImageGeometry, window: SampleWindow, key: RandomKey) {
    target = geometry
    var looking = geometry
    var turn = 0.0
    if window == .drawn {
      var stream = key.key(.window).stream
      // Steps that a Double adds without rounding, so that a whole turn stays one.
      turn = Double(stream.index(below: 360 * 1024)) / 1024
      if looking.left + turn >= 360 { turn -= 360 }
      looking.left += turn
      looking.right = looking.left - geometry.span
    }
    self.looking = looking
    excess = turn * .pi / 180
  }

  /// Projects a cloud; the nearest point of a cell is kept, with intensities from 0 to 1.
  ///
  /// - Throws: `invalidGeometry`; `ringsUnknown` where the points' beams cannot be told.
  package func project(
    _ cloud: PointCloud, labels: [PointLabel], sensor: SensorTable?, table: ClassTable,
    into image: inout LabelledImage
  ) throws(RangeImagesError) {
    let found = try Projector.project(
      cloud, labels: labels, geometry: looking, sensor: sensor
    ).image
    image.prepare(for: target)
    let scale = cloud.intensityScale(for: sensor)
    (image.x, image.y, image.z, image.range) = (found.x, found.y, found.z, found.range)
    if excess != 0 { image.turnPoints(by: -excess) }
    for cell in 0..<found.count {
      guard found.pointIndex[cell] >= 0, let label = found.labels?[cell] else {
        image.empty(cell)
        continue
      }
      image.intensity[cell] = found.intensity[cell] * scale
      let position = table[label.semantic]
      let isUnknown = position == ClassTable.unknown
      image.classes[cell] = isUnknown ? LabelledImage.ignoredClass : position
      if isUnknown { image.unknownCount += 1 }
    }
  }
}
