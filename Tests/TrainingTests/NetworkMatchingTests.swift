import Exchange
import Graphs
import Networks
import PointClouds
import RangeImages
import Testing
import Training

/// Networks that are trained on as what they were trained as.
struct NetworkMatchingTests {
  @Test(arguments: BundledModels.names)
  func everyBundledModelIsTrainedOnAsItself(_ name: String) throws {
    let model = try BundledModels.model(named: name).description
    let size = Extent(model.geometry.rows, model.geometry.columns)
    let count = model.labelMap.classes.count
    let network = try NetworkConfiguration(matching: model.graph, classCount: count, size: size)
    #expect(network.architecture == (name.hasSuffix("-fast") ? .blocks : .squeezeSegV2))
    let made = try network.graph(classCount: count, size: size, batch: 1)
    #expect(made.parameters.map(\.name) == model.graph.parameters.map(\.name))
    #expect(network.architecture != .blocks || made == model.graph)
    #expect(network.input == model.input)
  }

  @Test(arguments: NetworkConfiguration.Architecture.allCases, [true, false])
  func aNetworkIsFoundWithAndWithoutIntensity(
    _ architecture: NetworkConfiguration.Architecture, _ intensity: Bool
  ) throws {
    var network = NetworkConfiguration()
    (network.architecture, network.intensity) = (architecture, intensity)
    (network.width, network.order) = (0.5, .normalizationThenActivation)
    let size = Extent(8, 32)
    let graph = try network.graph(classCount: 5, size: size, batch: 1)
    let found = try NetworkConfiguration(matching: graph, classCount: 5, size: size)
    #expect(found.architecture == architecture && found.intensity == intensity)
    let parameters = try found.graph(classCount: 5, size: size, batch: 1).parameters
    #expect(parameters == graph.parameters)
  }

  @Test(arguments: NetworkConfiguration.Architecture.allCases)
  func aNetworkThatWasChangedIsRefused(
    _ architecture: NetworkConfiguration.Architecture
  ) throws {
    var network = NetworkConfiguration()
    network.architecture = architecture
    let size = Extent(8, 32)
    var graph = try network.graph(classCount: 4, size: size, batch: 1)
    let scores = try #require(graph.value(named: "scores") ?? graph.value(named: "conv14_prob"))
    _ = try graph.apply(.activation(.relu), to: [scores], name: "more")
    let error = #expect(throws: TrainingError.self) {
      try NetworkConfiguration(matching: graph, classCount: 4, size: size)
    }
    #expect(error?.code == .mismatched && error?.message.contains("none that can be") == true)
  }
}
