package import Graphs
import Networks
import Tensors
package import Training

/// A trained network whose weights and images can have several numbers of bits each (Wu et al., arXiv
/// 1812.00090).
///
/// A layer's weights are convolved linearly, so the candidates of a place are mixed before the convolution: the
/// whole super-network costs little more than the network.
package struct PrecisionSpace: CandidateNetworks {
  private let network: NetworkConfiguration
  private let classCount: Int
  private let rounding: RoundingPlaces
  private let weights: ParameterValues
  /// The numbers of bits that can stand at each place.
  package let bits: [[Int]]

  /// The precisions of a network.
  ///
  /// - Parameters:
  ///   - network: which one.
  ///   - classCount: its classes.
  ///   - places: where its numbers are rounded.
  ///   - weights: its weights, and the ranges of its images (`InitialRanges`).
  ///   - candidates: the numbers of bits to choose from.
  package init(
    _ network: NetworkConfiguration, classCount: Int, places: RoundingPlaces,
    weights: ParameterValues, candidates: BitCandidates
  ) {
    (self.network, self.classCount) = (network, classCount)
    (rounding, self.weights) = (places, weights)
    bits =
      places.weights.map { place in candidates.weights.filter { $0 > 0 || place.isBypassed } }
      + places.images.map { _ in candidates.images }
  }

  /// How many of the places are weights: the first ones.
  package var weightCount: Int { rounding.weights.count }

  /// The weights, then the images.
  package var places: [CandidatePlace] {
    zip(rounding.weights.map(\.name) + rounding.images.map(\.name), bits).map { name, bits in
      CandidatePlace(name: name, candidates: bits.map { "\($0) bits" })
    }
  }

  /// What the candidates of each place take, in KiB: weights at their bits with a step of four bytes for each output,
  /// and images, where they count.
  package func sizes(countingImages: Bool) -> CandidateLatencies {
    func weightBytes(_ place: RoundingPlaces.Weights, _ bits: Int) -> Double {
      let steps = bits == 0 || bits == RoundingPlaces.unroundedBits ? 0 : 4 * place.outputCount
      return Double(place.count * bits) / 8 + Double(steps)
    }
    let ofWeights = rounding.weights.enumerated().map { index, place in
      bits[index].map { weightBytes(place, $0) / 1024 }
    }
    let ofImages = rounding.images.enumerated().map { index, image in
      bits[rounding.weights.count + index].map { bits in
        countingImages ? Double(image.count * bits) / 8 / 1024 : 0
      }
    }
    return CandidateLatencies(
      byPlace: ofWeights + ofImages, rest: Double(4 * rounding.otherCount) / 1024,
      unit: "KiB")
  }

  /// The bits of some choices, by the place's name.
  package func plan(_ choices: [Int]) -> [String: Int] {
    let chosen = zip(bits, choices).map { $0[$1] }
    return Dictionary(uniqueKeysWithValues: zip(places.map(\.name), chosen))
  }

  /// The model's weights, and architecture parameters that prefer nothing.
  package func initialWeights(seed: UInt64) -> ParameterValues {
    var values = weights
    for place in places where place.candidates.count > 1 {
      values["\(place.name)/architecture"] = Tensor([place.candidates.count])
    }
    return values
  }

  /// The network with its numbers rounded to the bits of some choices.
  package func network(_ choices: [Int], for images: ImageBatch) throws -> Graph {
    try plain(images).rounding(rounding, to: plan(choices))
  }

  /// The network with its numbers rounded to several numbers of bits each, mixed by their gates.
  package func mixture(of part: [[Int]], for images: ImageBatch) throws -> Graph {
    let plain = try plain(images)
    var mixer = PrecisionMixer(plain)
    for (index, place) in rounding.weights.enumerated() {
      try mixer.mix(weights: place.name, bits: bits[index], taking: part[index])
    }
    for (index, image) in rounding.images.enumerated() {
      let position = rounding.weights.count + index
      try mixer.mix(image, bits: bits[position], taking: part[position])
    }
    return try mixer.finished()
  }

  private func plain(_ images: ImageBatch) throws(GraphError) -> Graph {
    try network.graph(classCount: classCount, size: images.size, batch: images.count)
  }
}
