package import Exchange
import Foundation
import Graphs
package import Kernels
package import PointClouds
package import Randomness
package import RangeImages
import Synchronization
import Tensors

/// Gives images what a network learned of other scans, simulated images what real ones have: how strong
/// returns are, or which rays bring none back.
///
/// Bins of intensities and losses of rays are drawn by their probabilities, so that all cells together are
/// distributed as those of the scans that were learned from.
package final class ImageRenderer: Sendable {
  private struct Idle: @unchecked Sendable {
    // A scorer is used by one thread at a time: it is taken out while it is.
    var scorers: [ImageScorer]
  }

  private let model: Model
  private let backend: Backend
  private let idle: Mutex<Idle>

  /// A renderer by a model that says so much.
  ///
  /// - Throws: `.mismatched` for a model of something else.
  package init(
    _ model: Model, of rendering: ModelDescription.Rendering, path: String, backend: Backend
  ) throws {
    guard model.description.rendering == rendering else {
      throw TrainingError(
        .mismatched, "the model says nothing of \(rendering.rawValue)",
        remedy: "train one that does: train --set task=\(rendering.rawValue)", path: path)
    }
    (self.model, self.backend) = (model, backend)
    let first = try ImageScorer(model, backend: backend, threadCount: 1)
    idle = Mutex(Idle(scorers: [first]))
  }

  /// A renderer by the model of a file, which says what it renders.
  ///
  /// - Throws: `.mismatched` for a model of classes, and what reading it throws.
  package convenience init(path: String, backend: Backend) throws {
    let model = try ModelFile.read(path)
    guard let rendering = model.description.rendering else {
      throw TrainingError(
        .mismatched, "the model says nothing of intensities or ray drop",
        remedy: "train one that does: train --recipe intensity, or ray-drop", path: path)
    }
    try self.init(model, of: rendering, path: path, backend: backend)
  }

  /// Replaces an image's intensities, or takes points away; `key` decides what is left to chance.
  ///
  /// - Throws: where the network cannot be prepared a further time.
  package func render(_ image: inout LabelledImage, key: RandomKey) throws {
    let free = idle.withLock { idle -> Idle in
      let last = idle.scorers.popLast()
      return Idle(scorers: last.map { [$0] } ?? [])
    }
    let scorer = try free.scorers.first ?? ImageScorer(model, backend: backend, threadCount: 1)
    let scores = scorer.scores(of: image).elements
    let returned = Idle(scorers: [scorer])
    idle.withLock { $0.scorers += returned.scorers }
    var stream = key.stream
    if model.description.rendering == .rayDrop {
      for cell in 0..<image.count where image.isOccupied(cell) {
        if Self.draw(scores[2 * cell..<2 * cell + 2], stream.uniform()) == 1 { image.empty(cell) }
      }
    } else {
      Self.setIntensities(of: &image, scores, &stream)
    }
  }

  private static func setIntensities(
    of image: inout LabelledImage, _ scores: [Float], _ stream: inout RandomStream
  ) {
    let bins = TrainingTask.intensities
    let count = bins.binCount
    for cell in 0..<image.count where image.isOccupied(cell) {
      let logits = scores[cell * 2 * count..<cell * 2 * count + count]
      let bin = draw(logits, stream.uniform())
      let offset = Double(scores[cell * 2 * count + count + bin])
      let isZero = bins.zeroBin && bin == 0
      image.intensity[cell] = isZero ? 0 : Float(min(1, max(0, bins.centre(of: bin) + offset)))
    }
  }

  /// A position, by the softmax of its score.
  private static func draw(_ logits: ArraySlice<Float>, _ uniform: Float) -> Int {
    let greatest = logits.max() ?? 0
    let powers = logits.map { exp($0 - greatest) }
    var rest = uniform * powers.reduce(0, +)
    for (position, power) in powers.enumerated() {
      if rest < power { return position }
      rest -= power
    }
    return powers.count - 1
  }
}

/// A source whose images lose further rays, and get other intensities.
package struct RenderedSource: SampleSource {
  private let source: any SampleSource
  private let intensity: IntensitySource
  private let intensityRenderer: ImageRenderer?
  private let rayDrop: ImageRenderer?

  /// - Precondition: there is a renderer where intensities are learned.
  package init(
    _ source: any SampleSource, intensity: IntensitySource, by renderer: ImageRenderer?,
    rayDrop: ImageRenderer?
  ) {
    precondition(
      renderer != nil || intensity == .none || intensity == .physical, "nothing to render by")
    (self.source, self.intensity, intensityRenderer) = (source, intensity, renderer)
    self.rayDrop = rayDrop
  }

  package var name: String { source.name }
  package var count: Int? { source.count }
  package var geometry: ImageGeometry { source.geometry }
  package var labelMap: LabelMap { source.labelMap }

  package func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    try source.read(index, key: key, into: &image)
    try rayDrop?.render(&image, key: key.key(.pointDrop))
    let own = key.key(.intensity)
    switch intensity {
    case .physical: return
    case .none:
      for cell in image.intensity.indices { image.intensity[cell] = 0 }
    case .learned: try intensityRenderer?.render(&image, key: own)
    case .mixed:
      var stream = own.key(.mix).stream
      if stream.uniform() < 0.5 { try intensityRenderer?.render(&image, key: own) }
    }
  }

  package func census(of index: Int) throws -> ImageCensus { try source.census(of: index) }
}

/// Where the intensities of simulated images come from.
public enum IntensitySource: String, Codable, CaseIterable, Sendable {
  /// The simulator's model of surfaces and sensor, or what was measured.
  case physical
  /// A network that learned them from real scans.
  case learned
  /// Each image's from either.
  case mixed
  /// All are 0.
  case none
}
