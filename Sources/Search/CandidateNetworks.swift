package import Graphs
import Networks
import Tensors
import Training

/// A place of a network where one of several candidates stands: blocks, widths, or numbers of bits.
public struct CandidatePlace: Equatable, Sendable {
  /// What its nodes and parameters start with.
  public var name: String
  /// What can stand there.
  public var candidates: [String]

  /// A place; see the properties.
  public init(name: String, candidates: [String]) {
    (self.name, self.candidates) = (name, candidates)
  }
}

/// The networks that a search chooses from, as it trains them.
package protocol CandidateNetworks: Sendable {
  /// The places, in the order of choices.
  var places: [CandidatePlace] { get }

  /// What the weights of all networks begin with, architecture parameters among them.
  func initialWeights(seed: UInt64) throws -> ParameterValues

  /// The network with one candidate at each place: the one at the given position of its list.
  func network(_ choices: [Int], for images: ImageBatch) throws -> Graph

  /// The network in which several candidates of each place are mixed by their gates; see `BlockNetwork`.
  func mixture(of part: [[Int]], for images: ImageBatch) throws -> Graph
}

/// How many images of which size a network sees in one run.
package struct ImageBatch: Equatable, Sendable {
  /// Rows and columns.
  package var size: Extent
  /// Images.
  package var count: Int

  /// See the properties.
  package init(size: Extent, count: Int) {
    (self.size, self.count) = (size, count)
  }
}

extension SearchSpace: CandidateNetworks {
  /// The places in the order of choices: those of blocks, then the widths.
  package var places: [CandidatePlace] {
    let blocks = configuration.places.map {
      CandidatePlace(name: $0.name, candidates: $0.candidates.map(\.rawValue))
    }
    let widths = configuration.partsToChoose.map { part in
      CandidatePlace(
        name: part.widthName, candidates: configuration[part].candidates.map { "\($0)" })
    }
    return blocks + widths
  }

  /// Fresh weights of all blocks in their greatest widths.
  package func initialWeights(seed: UInt64) throws -> ParameterValues {
    var weights = WeightInitialization.weights(
      for: try BlockNetwork.graph(configuration.widest), seed: seed)
    for part in configuration.partsToChoose {
      weights["\(part.widthName)/architecture"] = Tensor([
        configuration[part].candidates.count
      ])
    }
    return weights
  }

  /// The network of one candidate at each place.
  package func network(_ choices: [Int], for images: ImageBatch) throws -> Graph {
    try BlockNetwork.graph(sized(images), choosing: choices)
  }

  /// The network of some candidates at each place.
  package func mixture(of part: [[Int]], for images: ImageBatch) throws -> Graph {
    try BlockNetwork.graph(sized(images), taking: part)
  }

  private func sized(_ images: ImageBatch) -> BlockNetworkConfiguration {
    var sized = configuration
    (sized.size, sized.batch) = (images.size, images.count)
    return sized
  }
}
