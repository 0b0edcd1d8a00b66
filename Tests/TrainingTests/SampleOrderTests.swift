import Foundation
import Randomness
import TestSupport
import Testing

@testable import Training

/// Which image is which sample.
@Suite struct SampleOrderTests {
  private let key = RandomKey(seed: 11)

  @Test(arguments: [1, 2, 3, 7, 64, 100, 1000, 4097])
  func everyImageComesOnceInAnEpoch(count: Int) {
    let order = SampleOrder.shuffled(count: count, key: key)
    let epochs = (0..<3).map { epoch in
      (0..<count).map { order.image(ofSample: epoch * count + $0) }
    }
    for epoch in epochs { #expect(epoch.sorted() == Array(0..<count)) }
    if count > 50 { #expect(Set(epochs).count == 3 && epochs[0] != Array(0..<count)) }
  }

  @Test func neighboursInTheSourceAreFarApartInTheOrder() {
    let order = SampleOrder.shuffled(count: 1000, key: key)
    let images = (0..<1000).map { order.image(ofSample: $0) }
    let steps = zip(images, images.dropFirst()).map { abs($0 - $1) }
    // Two numbers drawn from 0 to 999 are 333 apart on average.
    #expect((280...390).contains(steps.reduce(0, +) / steps.count))
  }

  @Test func imagesComeAsOftenAsTheyWeigh() {
    let weights: [Double] = [1, 4, 1, 0, 2.5, 1, 1, 1.5]
    let order = SampleOrder.weighted(weights, key: key)
    let total = weights.reduce(0, +)
    var all = [Int](repeating: 0, count: 8)
    for epoch in 0..<200 {
      var counts = [Int](repeating: 0, count: 8)
      for number in 0..<8 { counts[order.image(ofSample: 8 * epoch + number)] += 1 }
      for (count, weight) in zip(counts, weights) {
        #expect(abs(Double(count) - 8 * weight / total) < 1)
      }
      all = zip(all, counts).map(+)
    }
    for (count, weight) in zip(all, weights) {
      #expect(abs(Double(count) / 200 - 8 * weight / total) < 0.15)
    }
  }

  @Test func anEndlessSourceIsReadInItsOrder() {
    let order = SampleOrder.sequential(count: nil)
    #expect(order.image(ofSample: 123_456) == 123_456)
    #expect(SampleOrder.sequential(count: 10).image(ofSample: 23) == 3)
  }

  @Test func sourcesTakeTurnsByTheirWeights() throws {
    let weights = [0.5, 0.2, 0.3]
    let mix = try SourceMix(
      weights.map { .init(try RuledSource(count: nil), weight: $0, order: .sequential(count: nil)) }
    )
    var next = [0, 0, 0]
    for number in 0..<1000 {
      let place = mix.place(ofSample: number)
      #expect(place.image == next[place.part])
      next[place.part] += 1
      for (count, weight) in zip(next, weights) {
        #expect(abs(Double(count) - weight * Double(number + 1)) < 2)
      }
    }
  }

  @Test func sourcesThatDifferAreNotMixed() throws {
    let parts = [SampleImages.window, SampleImages.sweep].map { geometry in
      Result { try RuledSource(count: 4, geometry: geometry) }
    }
    let sources = try parts.map { try $0.get() }
    let error = #expect(throws: TrainingError.self) {
      try SourceMix(sources.map { .init($0, order: .sequential(count: 4)) })
    }
    #expect(error?.code == .unsuitableData)
    #expect(throws: TrainingError.self) { try SourceMix([]) }
    #expect(throws: TrainingError.self) {
      try SourceMix([.init(sources[0], weight: 0, order: .sequential(count: 4))])
    }
  }
}

/// Counting classes, and drawing images by them.
@Suite struct SampleCensusTests {
  @Test func imagesOfRareClassesWeighAsTheyAreConfigured() throws {
    let source = try RuledSource(count: 40)
    let census = try ClassCensus(of: source, threadCount: 3)
    #expect(try census == ClassCensus(of: source, threadCount: 1))
    var balance = ClassBalance()
    balance.classes = [.init(name: "person", weight: 3), .init(name: "cyclist", weight: 5)]
    balance.minimumCells = 11
    let weights = try census.weights(for: balance)
    for index in 0..<40 {
      let counts = SampleImages.image(SampleImages.window, seed: UInt64(index)).classCounts(of: 4)
      #expect(census.images[index].classes == counts)
      #expect(weights[index] == (counts[3] >= 11 ? 5 : counts[2] >= 11 ? 3 : 1))
    }
    #expect(Set(weights) == [1, 3, 5])
  }

  @Test func aCensusIsReadAgainForItsOwnSourceOnly() throws {
    let folder = try TemporaryFolder()
    let source = try RuledSource(count: 5)
    let census = try ClassCensus(of: source, threadCount: 2)
    try census.write(to: folder.path("census.json"))
    #expect(ClassCensus(path: folder.path("census.json"), of: source) == census)
    var other = source
    other.count = 6
    #expect(ClassCensus(path: folder.path("census.json"), of: other) == nil)
    #expect(ClassCensus(path: folder.path("none.json"), of: source) == nil)
  }

  @Test func anUnknownClassIsRefused() throws {
    let census = try ClassCensus(of: RuledSource(count: 2), threadCount: 1)
    var balance = ClassBalance()
    balance.classes = [.init(name: "tram", weight: 3)]
    #expect(throws: TrainingError.self) { try census.weights(for: balance) }
  }
}
