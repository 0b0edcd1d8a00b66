import Randomness
import RangeImages

extension Augmentation {
  /// Varies the image of a sample; what is done is a function of the sample's key.
  ///
  /// Every way draws from a key of its own, so that switching one off leaves the others as they are.
  func apply(to image: inout LabelledImage, key: RandomKey, bank: ObjectBank) {
    if happens(paste.probability, key.key(.paste)) {
      bank.paste(upTo: paste.objects, into: &image, key: key.key(.paste, 1))
    }
    if happens(flip, key.key(.flip)) { image.flip() }
    if image.geometry.isFullSweep, happens(rotation, key.key(.rotation)) {
      var stream = key.key(.rotation, 1).stream
      image.rotate(byColumns: stream.index(below: image.columns))
    }
    if cropColumns > 0, cropColumns < image.columns {
      var stream = key.key(.crop).stream
      let first = stream.index(below: image.columns - cropColumns + 1)
      image.crop(toColumns: first..<first + cropColumns)
    }
    lose(from: &image, key: key)
    disturb(&image, key: key)
  }

  private func lose(from image: inout LabelledImage, key: RandomKey) {
    if happens(beamDrop.probability, key.key(.beamDrop)) {
      var stream = key.key(.beamDrop, 1).stream
      image.dropBeams(
        probability: stream.uniform() * beamDrop.maximum, key: key.key(.beamDrop, 2))
    }
    if happens(pointDrop.probability, key.key(.pointDrop)) {
      var stream = key.key(.pointDrop, 1).stream
      image.dropPoints(
        probability: stream.uniform() * pointDrop.maximum, key: key.key(.pointDrop, 2))
    }
  }

  private func disturb(_ image: inout LabelledImage, key: RandomKey) {
    if happens(rangeJitter.probability, key.key(.rangeJitter)) {
      var stream = key.key(.rangeJitter, 1).stream
      image.jitterRanges(
        deviation: stream.uniform() * rangeJitter.deviation, key: key.key(.rangeJitter, 2))
    }
    if happens(intensity.probability, key.key(.intensity)) {
      var stream = key.key(.intensity, 1).stream
      let scale = 1 + stream.uniform(-intensity.scale...intensity.scale)
      let offset = stream.uniform(-intensity.offset...intensity.offset)
      image.changeIntensities(scale: scale, offset: offset)
    }
    if happens(intensityDropout, key.key(.intensityDropout)) {
      image.changeIntensities(scale: 0, offset: 0)
    }
  }

  private func happens(_ probability: Float, _ key: RandomKey) -> Bool {
    guard probability > 0 else { return false }
    var stream = key.stream
    return stream.chance(probability)
  }
}
