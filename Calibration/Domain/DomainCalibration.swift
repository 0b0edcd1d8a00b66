public import Exchange
import Execution
import Graphs
public import Kernels
import RangeImages
import Tensors
public import Training

/// Progressive domain calibration: a trained network's batch normalisations get the statistics that
/// they find on scans of another domain, layer by layer from the input (Wu et al., arXiv 1809.08495,
/// section III-D).
///
/// With all scans in one batch, one pass in which every layer normalises by the batch's own statistics
/// finds the same as going from layer to layer: each layer sees what the calibrated ones before it make.
public struct DomainCalibration: Sendable {
  /// How much of the target's statistics is taken, 0 to 1; the authors take all.
  public var blend: Double
  /// The layers to calibrate by the first parts of their names, such as `conv1` or `fire2`; all where
  /// there are none.
  public var layers: [String]

  /// A calibration; see the properties.
  public init(blend: Double = 1, layers: [String] = []) {
    self.blend = blend
    self.layers = layers
  }

  /// Cells that a batch holds at most, so that it fits into 4 GB.
  private static let cellLimit = 64 * 64 * 512

  /// How many images of a model's size one batch holds; the first ones are used.
  public static func mostImages(for model: Model) -> Int {
    let geometry = model.description.geometry
    return max(2, cellLimit / (geometry.rows * geometry.columns))
  }

  /// What calibration changed in a layer.
  public struct LayerShift: Codable, Equatable, Sendable {
    /// The normalisation's name.
    public var layer: String
    /// The median over the channels of how far the mean moved, in deviations of the source.
    public var mean: Double
    /// The median over the channels of the target's deviation by the source's.
    public var deviation: Double
  }

  /// The model between its own statistics and those of some images.
  ///
  /// - Parameters:
  ///   - model: one that was trained and not calibrated.
  ///   - images: of the model's size; what their points are need not be known.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Returns: the model with `DomainBatchNormalization`, and what changed.
  /// - Throws: `.invalidConfiguration` for a layer that there is not or a blend outside of 0...1,
  ///   `.unsuitableData` for fewer than two images or a model without batch normalisations.
  public func calibrated(
    _ model: Model, to images: [LabelledImage], backend: Backend, threadCount: Int
  ) throws -> (model: Model, shifts: [LayerShift]) {
    let images = Array(images.prefix(Self.mostImages(for: model)))
    let chosen = try chosenLayers(of: model.description.graph)
    guard images.count > 1 else {
      throw TrainingError(
        .unsuitableData, "\(images.count) scans are too few to tell a domain's statistics by",
        remedy: "give two or more, better fifty")
    }
    let network = try model.description.graph.batched(images.count)
    let session = try Session(
      try network.preparedForTraining(), parameters: model.parameters, backend: backend,
      threadCount: threadCount)
    session.fill(with: images, as: model.description.input)
    session.compute()
    var calibrated = model
    calibrated.description.graph = try model.description.graph.normalizingBetweenDomains(
      Set(chosen), blend: blend)
    var shifts: [LayerShift] = []
    for statistics in network.movingStatistics
    where chosen.contains(String(statistics.moments.dropFirst("moments/".count))) {
      let moments = session.output(statistics.moments).elements
      let found = (moments.prefix(moments.count / 2), moments.suffix(moments.count / 2))
      let own = (
        model.parameters[statistics.mean]?.elements ?? [],
        model.parameters[statistics.variance]?.elements ?? []
      )
      for (name, values) in [(statistics.mean, found.0), (statistics.variance, found.1)] {
        calibrated.parameters[Graph.targetName(of: name)] = Tensor([values.count], Array(values))
      }
      shifts.append(
        LayerShift(
          layer: String(statistics.moments.dropFirst("moments/".count)),
          mean: Self.median(
            own.0.indices.map {
              Double(abs(found.0[found.0.startIndex + $0] - own.0[$0]))
                / Double(max(own.1[$0], 1e-12)).squareRoot()
            }),
          deviation: Self.median(
            own.1.indices.map {
              (Double(found.1[found.1.startIndex + $0]) / Double(max(own.1[$0], 1e-12)))
                .squareRoot()
            })))
    }
    return (try Model(calibrated.description, parameters: calibrated.parameters), shifts)
  }

  private func chosenLayers(of graph: Graph) throws(TrainingError) -> [String] {
    let names = graph.normalizationNames
    guard (0...1).contains(blend) else {
      throw TrainingError(
        .invalidConfiguration, "a blend of \(blend) is not from 0 to 1",
        remedy: "use 0 for the model's own statistics, 1 for the target's")
    }
    guard !names.isEmpty else {
      throw TrainingError(
        .unsuitableData, "the model has no batch normalisation with statistics of one domain",
        remedy: "calibrate a SqueezeSegV2 that was not calibrated before")
    }
    guard !layers.isEmpty else { return names }
    for layer in layers where !names.contains(where: { Self.belongs($0, to: layer) }) {
      let known = names.map { $0.split(separator: "/")[0] }.reduce(into: [Substring]()) {
        if $0.last != $1 { $0.append($1) }
      }
      throw TrainingError(
        .invalidConfiguration, "the model has no normalisation in a layer called \(layer)",
        remedy: "use some of \(known.joined(separator: ", "))")
    }
    return names.filter { name in layers.contains { Self.belongs(name, to: $0) } }
  }

  private static func belongs(_ name: String, to layer: String) -> Bool {
    name == layer || name.hasPrefix("\(layer)/")
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}

extension Session {
  /// Fills `features`, and `mask` where there is one, with images side by side.
  fileprivate func fill(with images: [LabelledImage], as input: InputDescription) {
    let features = FeatureImage(input, intensityScale: 1)
    withUnsafeInput("features") { memory in
      let size = memory.count / images.count
      for (position, image) in images.enumerated() {
        let cells = FeatureImage.Cells(
          x: image.x, y: image.y, z: image.z, intensity: image.intensity, range: image.range)
        features.fill(
          UnsafeMutableBufferPointer(
            rebasing: memory[position * size..<(position + 1) * size]), from: cells)
      }
    }
    if graph.inputs.contains(where: { $0.name == "mask" }) {
      withUnsafeInput("mask") { mask in
        let size = mask.count / images.count
        for (position, image) in images.enumerated() {
          for cell in 0..<size { mask[position * size + cell] = image.isOccupied(cell) ? 1 : 0 }
        }
      }
    }
    // Nothing is dropped while statistics are taken.
    if graph.inputs.contains(where: { $0.name == "dropout_noise" }) {
      withUnsafeInput("dropout_noise") { $0.update(repeating: 0) }
    }
  }
}
