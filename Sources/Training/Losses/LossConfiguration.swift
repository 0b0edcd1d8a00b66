import Foundation
public import Graphs
import Tensors

/// What training makes small.
public struct LossConfiguration: Codable, Equatable, Sendable {
  /// One weight per class of the label map, in its order; all 1 if empty.
  public var classWeights: [Double] = []
  /// The focusing parameter of focal loss; 0 for plain cross entropy.
  public var focusing = 2.0
  /// What the mean over the pixels is multiplied with; the authors' 15 evens out rates of learning that
  /// were found for it.
  public var coefficient = 15.0
  /// How much of Lovasz-softmax, averaged over the images, is added.
  public var lovasz = 0.0
  /// How the network's features are made alike in both domains, where scans of a target are given.
  public var alignment = AlignmentConfiguration()

  /// SqueezeSegV2's loss without class weights; see the properties.
  public init() {}

  /// Checks the figures against a number of classes.
  ///
  /// - Throws: `.invalidConfiguration`.
  public func validate(classCount: Int) throws(TrainingError) {
    func refuse(_ message: String, _ remedy: String) -> TrainingError {
      TrainingError(.invalidConfiguration, message, remedy: remedy)
    }
    guard classWeights.isEmpty || classWeights.count == classCount else {
      throw refuse(
        "\(classWeights.count) class weights for \(classCount) classes",
        "give one weight per class, or none")
    }
    guard classWeights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw refuse("a class weight of \(classWeights) is below 0", "use weights of 0 or more")
    }
    try alignment.validate()
    guard focusing >= 0, focusing.isFinite, lovasz >= 0, lovasz.isFinite, coefficient > 0,
      coefficient.isFinite
    else {
      throw refuse(
        "focusing \(focusing), lovasz \(lovasz) or coefficient \(coefficient) is out of range",
        "use focusing and lovasz of 0 or more, and a coefficient above 0")
    }
  }
}

/// The alignment of the target's features with the source's.
public struct AlignmentConfiguration: Codable, Equatable, Sendable {
  /// What is aligned.
  public enum Layer: String, Codable, CaseIterable, Sendable {
    /// The scores of the classes, as the authors do.
    case output
    /// The features before the last convolution.
    case features
  }

  /// What the distance is multiplied with: 0 for no alignment, 10 by the authors.
  public var weight = 0.0
  /// The distance between the covariances.
  public var metric = CorrelationAlignment.Metric.logEuclidean
  /// What is aligned.
  public var layer = Layer.output

  /// No alignment; see the properties.
  public init() {}

  func validate() throws(TrainingError) {
    guard weight >= 0, weight.isFinite else {
      throw TrainingError(
        .invalidConfiguration, "loss.alignment.weight is \(weight)",
        remedy: "use 0 for no alignment, or a number above")
    }
  }
}

extension LossConfiguration {
  /// The mean loss above which a run counts as diverged: ten times what equal probabilities for all classes
  /// cost.
  func divergenceLimit(classCount: Int, task: TrainingTask) -> Double {
    if task == .rayDrop { return 10 * coefficient }
    if task == .intensity {
      let bins = TrainingTask.intensities
      return 10 * coefficient * (log(Double(bins.binCount)) + bins.offsetWeight)
    }
    let guess = 1 / Double(classCount)
    let weight = classWeights.max() ?? 1
    let surprise = -log(guess) * pow(1 - guess, focusing)
    return 10 * (coefficient * max(weight, 1) * surprise + lovasz)
  }
}

extension Graph {
  /// The network with its loss: inputs `labels` and `weights` `[N, H, W, 1]` beside its own, output
  /// `loss` `[1]`.
  ///
  /// The weights are `coefficient / pixels` at each of the pixels of the whole batch that count, so that the
  /// losses of machines that share a batch add up.
  ///
  /// - Parameters:
  ///   - loss: what to add behind the output `scores`.
  ///   - task: what the network says; of intensities the loss is a `BinnedRegression`,
  ///     of lost rays cross entropy.
  ///   - imageCount: images in the whole batch.
  /// - Returns: the longer graph.
  /// - Throws: `.order` where the graph has no output `scores`.
  public func adding(
    _ loss: LossConfiguration, task: TrainingTask = .segmentation, imageCount: Int
  ) throws(GraphError) -> Graph {
    guard let scores = outputs.first(where: { $0.name == "scores" })?.value else {
      throw GraphError(.order, "the graph has no such output", node: "scores")
    }
    var graph = self
    var pixels = self[scores].type.shape
    let classes = pixels.channels
    pixels[3] = 1
    let labels = try graph.input("labels", TensorType(pixels))
    let weights = try graph.input("weights", TensorType(pixels))
    guard task == .segmentation else {
      let value = try graph.apply(
        task == .intensity
          ? .binnedRegression(TrainingTask.intensities)
          : .crossEntropy(CrossEntropy(classWeights: [1, 1])), to: [scores, labels, weights],
        name: "loss")
      try graph.output("loss", value)
      return graph
    }
    let classWeights =
      loss.classWeights.isEmpty ? Array(repeating: 1, count: classes) : loss.classWeights
    var value = try graph.apply(
      .crossEntropy(CrossEntropy(classWeights: classWeights, focusing: loss.focusing)),
      to: [scores, labels, weights], name: "cross_entropy")
    if loss.lovasz > 0 {
      let lovasz = try graph.apply(
        .lovaszSoftmax(LovaszSoftmax()), to: [scores, labels, weights], name: "lovasz")
      let share = try graph.apply(
        .scaling(Scaling(factor: loss.lovasz / Double(imageCount))), to: [lovasz],
        name: "lovasz/share")
      value = try graph.apply(.combination(.sum), to: [value, share], name: "loss")
    }
    if loss.alignment.weight > 0 {
      let share = try graph.align(loss.alignment, scores: scores, imageCount: imageCount)
      value = try graph.apply(.combination(.sum), to: [value, share], name: "aligned_loss")
    }
    try graph.output("loss", value)
    return graph
  }

  /// Adds the alignment's share of the loss, and the input `domains` `[N, H, W, 1]`.
  private mutating func align(
    _ alignment: AlignmentConfiguration, scores: Value, imageCount: Int
  ) throws(GraphError) -> Value {
    var features = scores
    if alignment.layer == .features {
      guard let operands = values.reversed().compactMap({ self[$0].dropoutOperands }).first else {
        throw GraphError(.order, "no dropout marks the last features", node: "scores")
      }
      features = operands[0]
    }
    var pixels = self[features].type.shape
    pixels[3] = 1
    let domains = try input("domains", TensorType(pixels))
    let distance = try apply(
      .correlationAlignment(CorrelationAlignment(metric: alignment.metric)),
      to: [features, domains], name: "alignment")
    // Machines that share a batch each align their own images.
    let share = alignment.weight * Double(pixels[0]) / Double(imageCount)
    return try apply(.scaling(Scaling(factor: share)), to: [distance], name: "alignment/share")
  }
}

extension Graph.Node {
  /// What a dropout takes; nothing of another node.
  fileprivate var dropoutOperands: [Graph.Value]? {
    if case .operation(.dropout, let operands) = source { operands } else { nil }
  }
}
