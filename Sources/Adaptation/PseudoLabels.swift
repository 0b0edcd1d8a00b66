package import Training

/// Labels that a model gives to images without any, where it is sure of them.
package struct PseudoLabels: Sendable {
  /// The images with the classes that are believed; nothing is known of the other cells.
  package let images: [LabelledImage]
  /// How probable a cell of each class has to be.
  package let thresholds: [Float]
  /// How many cells of each class are believed.
  package let counts: [Int]

  /// Believes the surest cells of each class.
  package init(
    _ images: [LabelledImage], as view: TargetView, classCount: Int,
    _ configuration: PseudoLabelConfiguration
  ) {
    var confidences = [[Float]](repeating: [], count: classCount)
    for (classes, sure) in zip(view.classes, view.confidences) {
      for (position, confidence) in zip(classes, sure)
      where position != LabelledImage.ignoredClass {
        confidences[Int(position)].append(confidence)
      }
    }
    let thresholds = confidences.map { confidences -> Float in
      let sorted = confidences.sorted(by: >)
      let last = min(sorted.count, Int(Double(sorted.count) * configuration.portion)) - 1
      return max(Float(configuration.minimumConfidence), last >= 0 ? sorted[last] : 1)
    }
    var counts = [Int](repeating: 0, count: classCount)
    self.images = images.enumerated().map { number, image in
      var image = image
      for (cell, position) in view.classes[number].enumerated() {
        let isBelieved =
          position != LabelledImage.ignoredClass
          && view.confidences[number][cell] >= thresholds[Int(position)]
        image.classes[cell] = isBelieved ? position : LabelledImage.ignoredClass
        if isBelieved { counts[Int(position)] += 1 }
      }
      return image
    }
    (self.thresholds, self.counts) = (thresholds, counts)
  }
}
