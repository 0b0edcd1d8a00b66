import Exchange
public import Tensors

/// Samples side by side, as a training step takes them.
public struct Batch: Sendable {
  /// The number of the first sample.
  public let firstSample: Int
  /// `[N, H, W, C]`: the channels of the model's input, normalised as for inference.
  public let features: Tensor<Float>
  /// `[N, H, W, 1]`: positions in the label map; -1 where nothing is known.
  public let labels: Tensor<Float>
  /// `[N, H, W, 1]`: 1 where a cell holds a point of a known class, else 0.
  public let weights: Tensor<Float>
  /// `[N, H, W, 1]`: 1 where a cell holds a point, else 0.
  public let mask: Tensor<Float>
  /// `[N, H, W, 1]`: 1 where a cell holds a point of the source domain, 2 for the target's, else 0.
  public let domains: Tensor<Float>

  /// How many samples it holds.
  public var count: Int { features.shape[0] }

  /// Puts samples of one size together.
  init(_ samples: [EncodedSample], rows: Int, columns: Int, firstSample: Int) {
    self.firstSample = firstSample
    let cells = rows * columns
    func joined(_ channels: Int, _ part: KeyPath<EncodedSample, [Float]>) -> Tensor<Float> {
      var tensor = Tensor<Float>([samples.count, rows, columns, channels])
      tensor.withUnsafeMutableElements { elements in
        for (position, sample) in samples.enumerated() {
          let first = position * cells * channels
          let slot = elements[first..<first + cells * channels]
          _ = UnsafeMutableBufferPointer(rebasing: slot).update(
            fromContentsOf: sample[keyPath: part])
        }
      }
      return tensor
    }
    features = joined(samples[0].features.count / cells, \.features)
    labels = joined(1, \.labels)
    weights = joined(1, \.weights)
    mask = joined(1, \.mask)
    domains = joined(1, \.domains)
  }
}

/// One sample as the numbers that a network takes.
struct EncodedSample: Sendable {
  private(set) var features: [Float] = []
  private(set) var labels: [Float] = []
  private(set) var weights: [Float] = []
  private(set) var mask: [Float] = []
  private(set) var domains: [Float] = []

  /// Takes over an image; memory is used again.
  mutating func fill(
    from original: LabelledImage, as features: FeatureImage, channels: Int, task: TrainingTask
  ) {
    var image = original
    // What a ray would have met is only known between points of one surface.
    let holes = task == .rayDrop ? Set(image.fillHoles()) : []
    prepare(&self.features, count: image.count * channels)
    prepare(&labels, count: image.count)
    prepare(&weights, count: image.count)
    prepare(&mask, count: image.count)
    prepare(&domains, count: image.count)
    let cells = FeatureImage.Cells(
      x: image.x, y: image.y, z: image.z, intensity: image.intensity, range: image.range)
    self.features.withUnsafeMutableBufferPointer { features.fill($0, from: cells) }
    for cell in 0..<image.count {
      let isOccupied = image.range[cell] > 0
      let isKnown = isOccupied && image.classes[cell] != LabelledImage.ignoredClass
      switch task {
      case .segmentation:
        labels[cell] = isKnown ? Float(image.classes[cell]) : -1
        weights[cell] = isKnown ? 1 : 0
      case .intensity:
        labels[cell] = image.intensity[cell]
        weights[cell] = isOccupied ? 1 : 0
      case .rayDrop:
        labels[cell] = holes.contains(cell) ? 1 : 0
        weights[cell] = isOccupied ? 1 : 0
      }
      mask[cell] = isOccupied ? 1 : 0
      domains[cell] = isOccupied ? image.domain.number : 0
    }
  }

  private func prepare(_ values: inout [Float], count: Int) {
    if values.count != count { values = [Float](repeating: 0, count: count) }
  }
}
