import Exchange
import Graphs
import Networks
import Tensors
import TestSupport
import Training

/// A training step computed node by node in double precision: what the original's is compared with.
struct PlainTraining {
  let graph: TrainingGraph
  private(set) var parameters: [String: Tensor<Double>]
  private var optimizer: Optimizer<Double>
  private let loss: LossConfiguration
  private let inputs: [String: Tensor<Double>]
  private var step = 0

  /// What one step gave.
  struct Step {
    /// With weight decay, as the original counts it.
    let loss: Double
    let dataLoss: Double
    /// With weight decay, before clipping.
    let gradients: [String: Tensor<Double>]
    let scores: Tensor<Double>
  }

  init(_ network: GoldenNetwork, _ scans: GoldenScans) throws {
    let subject = try network.training(scans)
    graph = subject.graph
    loss = subject.loss
    optimizer = Optimizer(subject.optimizer, shapes: graph.trainableShapes)
    parameters = subject.parameters.mapValues { Tensor($0.shape, $0.elements.map(Double.init)) }
    var inputs = scans.inputs(network)
    let count = inputs["weights"]?.elements.reduce(0, +) ?? 1
    let share = subject.loss.coefficient / count
    inputs["weights"] = inputs["weights"].map { Tensor($0.shape, $0.elements.map { $0 * share }) }
    inputs[Graph.seedName] = Tensor([1], [1])
    self.inputs = inputs
  }

  mutating func run(rate: Double) throws -> Step {
    let outputs = try plainOutputs(of: graph.graph, parameters, inputs)
    let dataLoss = outputs["loss"]?[0] ?? .nan
    let decay = optimizer.configuration.weightDecay
    let squares = parameters.filter { Optimizer<Double>.decays($0.key) }.values
      .reduce(0.0) { $0 + $1.elements.reduce(0) { $0 + $1 * $1 } }
    var gradients: [String: Tensor<Double>] = [:]
    for name in graph.trainable {
      guard var gradient = outputs["gradient/\(name)"], var weights = parameters[name] else {
        continue
      }
      gradient.withUnsafeMutableElements { g in
        weights.withUnsafeMutableElements { w in
          optimizer.decay(g, weights: w, name: name)
          gradients[name] = Tensor(graph.shape(of: name), g)
          let scale = optimizer.clippingScale(norm: Optimizer<Double>.norm(g))
          optimizer.update(w, gradient: g, name: name, scale: scale, rate: rate, step: step)
        }
      }
      parameters[name] = weights
    }
    gather(outputs)
    step += 1
    return Step(
      loss: dataLoss + decay / 2 * squares, dataLoss: dataLoss, gradients: gradients,
      scores: outputs["scores"] ?? Tensor([1]))
  }

  private mutating func gather(_ outputs: [String: Tensor<Double>]) {
    for moving in graph.statistics {
      guard let moments = outputs[moving.moments]?.elements else { continue }
      for (name, first) in [(moving.mean, 0), (moving.variance, moments.count / 2)] {
        for index in 0..<moments.count / 2 {
          let old = parameters[name]?[index] ?? .nan
          parameters[name]?[index] = 0.999 * old + 0.001 * moments[first + index]
        }
      }
    }
  }
}

extension TrainingGraph {
  func shape(of name: String) -> TensorShape {
    graph.value(named: name).map { graph[$0].type.shape } ?? []
  }
}

/// Scans with labels as the goldens hold them: x, y, z, intensity, range.
struct GoldenScans {
  let points: Tensor<Float>
  let labels: [UInt8]

  /// The clean scans of a size.
  static func clean(_ size: String) throws -> GoldenScans {
    let archive = try NPZArchive(path: SharedFolder.path("golden/clean/scans.npz"))
    return GoldenScans(
      points: try archive.float32("lidar_\(size)"), labels: try archive.uint8("label_\(size)"))
  }

  /// Samples 0 and 2 of the authors' real scans.
  static func real() throws -> GoldenScans {
    let archive = try NPZArchive(path: SharedFolder.path("golden/samples.npz"))
    let (points, labels) = (try archive.float32("lidar"), try archive.uint8("label"))
    let count = labels.count / 4
    let both = points.image(0).elements + points.image(2).elements
    return GoldenScans(
      points: Tensor([2, 64, 512, 5], both),
      labels: Array(labels[..<count] + labels[2 * count..<3 * count]))
  }

  /// All inputs of a training graph but the gradient's seed; weights are 1 where a cell holds a point.
  func inputs(_ network: GoldenNetwork) -> [String: Tensor<Double>] {
    let channels = network.configuration.inputChannels
    let pixels: TensorShape = [points.shape[0], points.shape[1], points.shape[2], 1]
    let mask = GoldenNetwork.masks(points).map { $0 ? 1.0 : 0.0 }
    return [
      "features": Tensor(
        [points.shape[0], points.shape[1], points.shape[2], channels], features(channels)),
      "mask": Tensor(pixels, mask), "weights": Tensor(pixels, mask),
      "labels": Tensor(pixels, labels.map(Double.init)),
    ]
  }
}

extension GoldenScans {
  /// The authors' normalisation in double precision (xuanyuzhou98/SqueezeSegV2, `config.py`), and the
  /// mask as the sixth channel.
  fileprivate func features(_ channels: Int) -> [Double] {
    let mean = [10.88, 0.23, -1.04, 0.21, 12.12]
    let deviation = [11.47, 6.91, 0.86, 0.16, 12.32]
    let raw = points.elements
    return (0..<(points.count / 5)).flatMap { cell in
      let normalized = (0..<5).map { (Double(raw[cell * 5 + $0]) - mean[$0]) / deviation[$0] }
      return normalized + (channels == 6 ? [raw[cell * 5 + 4] > 0 ? 1 : 0] : [])
    }
  }
}

extension GoldenNetwork {
  /// How the authors train this network.
  struct Training {
    let graph: TrainingGraph
    let loss: LossConfiguration
    let optimizer: OptimizerConfiguration
    let rate: Double
    let parameters: ParameterValues
  }

  func training(
    _ scans: GoldenScans, _ options: TrainingGraph.Options = TrainingGraph.Options()
  ) throws -> Training {
    var configuration = configuration
    configuration.size = Extent(scans.points.shape[1], scans.points.shape[2])
    configuration.batch = scans.points.shape[0]
    configuration.keep = 1
    let isSecond = configuration.inputChannels == 6
    var loss = LossConfiguration()
    loss.classWeights = isSecond ? [1 / 3.0, 1, 3.5, 3.5] : [1 / 15.0, 1, 10, 10]
    loss.focusing = isSecond ? 2 : 0
    let network = try SqueezeSeg.graph(configuration)
    return Training(
      graph: try TrainingGraph(network, loss: loss, options: options), loss: loss,
      optimizer: OptimizerConfiguration(), rate: isSecond ? 0.05 : 0.01,
      parameters: try parameters())
  }
}
