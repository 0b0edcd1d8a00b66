import Graphs
import Tensors

/// A node of a graph that is written in C.
struct CNode {
  let name: String
  let operation: Operation
  let operands: [Graph.Value]
  let value: Graph.Value
}

extension CLowering {
  /// Writes one node.
  ///
  /// - Throws: `.unsupported` where its attributes or operands have no way into C.
  mutating func lower(_ node: CNode) throws(ExportError) {
    switch node.operation {
    case .convolution(let attributes): try lower(attributes, node)
    case .transposedConvolution(let attributes): try lower(attributes, node)
    case .depthwiseConvolution(let attributes): try lower(attributes, node)
    case .contextAggregation(let attributes): try lower(attributes, node)
    case .maxPooling(let attributes): try lower(attributes, node)
    case .averagePooling(let attributes): lower(attributes, node)
    case .upsampling(let attributes): lower(attributes, node)
    case .shift(let attributes): lower(attributes, node)
    case .channelShuffle(let attributes): lower(attributes, node)
    case .affine: lowerAffine(node)
    case .activation(let attributes): lower(attributes, node)
    case .combination(let attributes): lower(attributes, node)
    case .scaling(let attributes): lower(attributes, node)
    case .summation(let attributes): lower(attributes, node)
    case .concatenation: lowerConcatenation(node)
    case .reshaping: lowerReshaping(node)
    case .softmax: lowerSoftmax(node)
    case .conversion: add(node, convert(place(of: node.operands[0]), to: place(of: node.value)))
    case .recurrentCRF(let attributes): try lower(attributes, node)
    case .neighbourSum(let attributes): lower(attributes, node)
    case .bilateralSum(let attributes): lower(attributes, node)
    // A view of what it is cut from.
    case .channelSlice: break
    case .batchNormalization, .domainBatchNormalization, .dropout, .inverseDeviation,
      .kernelTransposition, .weightRounding, .batchMoments, .momentNormalization,
      .channelEmbedding, .crossEntropy, .lovaszSoftmax, .correlationAlignment, .binnedRegression,
      .convolutionWeightGradient, .depthwiseInputGradient, .depthwiseWeightGradient,
      .maxPoolingGradient, .averagePoolingGradient, .upsamplingGradient, .softmaxGradient,
      .activationGradient, .normalizationSums, .normalizationGradient, .crossEntropyGradient,
      .lovaszSoftmaxGradient, .correlationAlignmentGradient, .binnedRegressionGradient, .rankMean,
      .gating, .gatingGradient, .logarithmicPower, .logarithmicPowerGradient, .rangeRounding,
      .rangeRoundingGradient, .rangeEndsGradient:
      preconditionFailure("\(node.operation.kind) at \(node.name) was to be refused before")
    }
  }

  /// Adds the layer that computes a node.
  mutating func add(_ node: CNode, _ body: String) {
    let words = ([node.operation.kind.rawValue] + node.operation.attributes.words)
      .joined(separator: " ")
    let shape = node.operands.first.map { graph[$0].type.shape.description } ?? ""
    add(
      node.name, "\(words), \(shape) -> \(graph[node.value].type.shape)", body,
      cost: graph.cost(of: node.value).multiplyAccumulates)
  }
}

extension String {
  /// The lines, each two columns to the right.
  var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
  }
}
