import Graphs
import Networks
import Tensors
import Testing

struct SqueezeSegTests {
  @Test func squeezeSegHasTheAuthorsParameters() throws {
    let graph = try SqueezeSeg.graph(.squeezeSeg)
    #expect(graph.parameterCount(.trainable) == 906_340)
    #expect(graph.parameterCount(.statistic) == 0)
  }

  @Test func squeezeSegV2HasTheAuthorsParameters() throws {
    let graph = try SqueezeSeg.graph(.squeezeSegV2)
    #expect(graph.parameterCount(.trainable) == 919_224)
    #expect(graph.parameterCount(.statistic) == 7_296)
  }

  @Test(arguments: [(512, 2_959), (2_048, 11_836)])
  func squeezeSegV2CostsWhatItsLayersSumTo(columns: Int, millions: Int) throws {
    var configuration = SqueezeSegConfiguration.squeezeSegV2
    configuration.size = Extent(64, columns)
    configuration.field = nil
    let graph = try SqueezeSeg.graph(configuration)
    let convolutions = graph.values.filter {
      graph[$0].name.hasSuffix("convolution") || graph[$0].name == "conv14_prob"
    }
    let sum = convolutions.reduce(0) { $0 + graph.cost(of: $1).multiplyAccumulates }
    #expect(sum / 1_000_000 == millions)
  }

  @Test func columnsHalveFourTimesAndComeBack() throws {
    let graph = try SqueezeSeg.graph(.squeezeSegV2)
    func shape(_ name: String) -> TensorShape? {
      graph.value(named: name).map { graph[$0].type.shape }
    }
    #expect(shape("se1") == [1, 64, 256, 64])
    #expect(shape("fire9") == [1, 64, 32, 512])
    #expect(shape("fire13_fuse") == [1, 64, 512, 64])
    #expect(shape("recurrent_crf") == [1, 64, 512, 4])
  }

  @Test func widthScalesTheInnerChannels() throws {
    let graph = try SqueezeSeg.graph(SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.5))
    let fire9 = try #require(graph.value(named: "fire9"))
    #expect(graph[fire9].type.shape == [1, 64, 32, 256])
  }

  @Test func theFoldableOrderLeavesNoAffineBehind() throws {
    var configuration = SqueezeSegConfiguration.squeezeSegV2
    configuration.order = .normalizationThenActivation
    let graph = try SqueezeSeg.graph(configuration).optimizedForInference()
    let text = graph.description
    #expect(!text.contains("affine(") || text.contains("biases/folded = affine("))
    #expect(!text.contains(", affine"))
    #expect(!text.contains("batchNormalization"))
  }

  @Test(arguments: [SqueezeSegConfiguration.squeezeSeg, .squeezeSegV2])
  func sumsAndActivationsAllFuse(_ configuration: SqueezeSegConfiguration) throws {
    let graph = try SqueezeSeg.graph(configuration).optimizedForInference()
    let kinds = graph.nodes.compactMap { node -> String? in
      guard case .operation(let operation, let operands) = node.source,
        !operands.allSatisfy({ graph.constantValues.contains($0) })
      else { return nil }
      return operation.description
    }
    #expect(!kinds.contains("combination[sum]"))
    #expect(!kinds.contains("activation[relu]"))
    #expect(!kinds.contains("activation[sigmoid]"))
  }

  @Test func columnsThatDoNotDivideAreRefusedAtTheNodeThatMeetsThem() throws {
    var configuration = SqueezeSegConfiguration.squeezeSeg
    configuration.size = Extent(64, 500)
    #expect { try SqueezeSeg.graph(configuration) } throws: {
      ($0 as? GraphError)?.node == "fire10_fuse"
    }
  }
}
