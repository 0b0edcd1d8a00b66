import Graphs
import Kernels
import Networks
import Randomness
import Tensors
import Testing

@testable import Training

/// Machines that share a batch against one that has all of it, in double precision.
@Suite struct RankGradientTests {
  @Test func theGradientsOfTwoHalvesAddUpToThoseOfTheWhole() throws {
    let whole = try Subject(images: 4, rankCount: 1)
    let half = try Subject(images: 2, rankCount: 2)
    #expect(half.graph.graph.values.contains { half.isRankMean($0) })
    let inputs = whole.inputs()
    let expected = try Subject.outputs([whole], [inputs])[0]
    let found = try Subject.outputs(
      [half, half], [0, 1].map { part in inputs.mapValues { $0.part(part, of: 2) } })
    #expect(expected.keys == found[0].keys && expected.count > 100)
    for (name, tensor) in expected where name != "scores" {
      let scale = tensor.elements.map(abs).max() ?? 0
      for position in 0..<tensor.count {
        // Moments are means already; losses and gradients are parts of a sum.
        let sum =
          name.hasPrefix("moments/")
          ? found[0][name]?[position] ?? .nan
          : (found[0][name]?[position] ?? .nan) + (found[1][name]?[position] ?? .nan)
        #expect(abs(sum - tensor[position]) <= 1e-9 * max(scale, 1e-6), "\(name)[\(position)]")
      }
    }
  }
}

/// A small network with its gradients, for one of several machines.
private struct Subject {
  let graph: TrainingGraph
  private let parameters: [String: Tensor<Double>]

  init(images: Int, rankCount: Int) throws {
    var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.1)
    configuration.size = Extent(4, 32)
    configuration.batch = images
    var loss = LossConfiguration()
    loss.lovasz = 0.5
    var options = TrainingGraph.Options()
    options.rankCount = rankCount
    let network = try SqueezeSeg.graph(configuration)
    graph = try TrainingGraph(network, loss: loss, options: options)
    parameters = WeightInitialization.weights(for: network, seed: 3).mapValues {
      Tensor($0.shape, $0.elements.map(Double.init))
    }
  }

  func isRankMean(_ value: Graph.Value) -> Bool {
    if case .operation(.rankMean, _) = graph.graph[value].source { true } else { false }
  }

  func inputs() -> [String: Tensor<Double>] {
    var random = RandomKey(seed: 4).stream
    var inputs: [String: Tensor<Double>] = [:]
    for node in graph.graph.inputs where node.name != Graph.seedName {
      inputs[node.name] = Tensor(
        node.type.shape,
        (0..<node.type.shape.count).map { _ in
          switch node.name {
          case "labels": Double(random.integer(0...3))
          case "weights": 0.01
          case "dropout_noise": Double(random.uniform())
          default: Double(random.normal())
          }
        })
    }
    return inputs
  }

  /// What several machines compute, node by node and side by side, meeting where they have to.
  static func outputs(
    _ subjects: [Subject], _ inputs: [[String: Tensor<Double>]]
  ) throws -> [[String: Tensor<Double>]] {
    let graph = subjects[0].graph.graph
    var values = subjects.map { _ in [Tensor<Double>]() }
    for node in graph.nodes {
      for rank in subjects.indices {
        switch node.source {
        case .input:
          values[rank].append(inputs[rank][node.name] ?? Tensor(node.type.shape, repeating: 1))
        case .parameter: values[rank].append(subjects[rank].parameters[node.name] ?? Tensor([]))
        case .operation(let operation, let operands):
          let own = operands.map { values[rank][$0.position] }
          values[rank].append(try ReferenceKernels.evaluate(operation, own))
        }
      }
      if case .operation(.rankMean(let mean), _) = node.source {
        let met = meeting(mean, values.map { $0[$0.count - 1] })
        for rank in subjects.indices { values[rank][values[rank].count - 1] = met }
      }
    }
    return values.map { values in
      Dictionary(
        uniqueKeysWithValues: graph.outputs.map { ($0.name, values[$0.value.position]) })
    }
  }

  private static func meeting(_ mean: RankMean, _ parts: [Tensor<Double>]) -> Tensor<Double> {
    var result = parts[0]
    let half = result.count / 2
    for position in 0..<result.count {
      result[position] = parts.reduce(0) { $0 + $1[position] } / Double(parts.count)
    }
    guard mean == .moments else { return result }
    for channel in 0..<half {
      let squares = parts.map { $0[half + channel] + $0[channel] * $0[channel] }
      result[half + channel] =
        squares.reduce(0, +) / Double(parts.count) - result[channel] * result[channel]
    }
    return result
  }
}

extension Tensor {
  /// One of several equal parts of the images.
  fileprivate func part(_ position: Int, of count: Int) -> Tensor {
    var shape = shape
    shape[0] /= count
    return Tensor(shape, elements[position * shape.count..<(position + 1) * shape.count])
  }
}
