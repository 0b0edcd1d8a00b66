import Exchange
import Execution
import Graphs
import Kernels
import Tensors
import Training

/// Finds what the bytes of a model's images stand for, and compares it with what it was.
struct QuantizeJob {
  let model: Model
  let images: [LabelledImage]
  let backend: Backend
  let threads: Int

  /// How a model in bytes differs.
  struct Comparison {
    /// The share of the cells with a point that keep their class.
    var agreement: Double
    /// Medians of one run, in milliseconds.
    var floats: Double
    var bytes: Double
  }

  /// The model with the ranges that a method finds in the images.
  func quantized(by method: RangeMethod) throws -> Model {
    let scorer = try ImageScorer(model, backend: backend, threadCount: threads)
    let found = ActivationRanges.measured(by: method, in: scorer.session) { run in
      for image in images {
        scorer.fill(image)
        run()
      }
    }
    var quantized = model
    quantized.description.activationRanges = found.mapValues { ActivationRange($0) }
    return quantized
  }

  /// What another model makes of the same images, and both models' times, in turn.
  func comparison(with other: Model) throws -> Comparison {
    let floats = try ImageScorer(model, backend: backend, threadCount: threads)
    let bytes = try ImageScorer(other, backend: backend, threadCount: threads)
    var (same, count) = (0, 0)
    for image in images {
      let expected = MostProbableClasses(of: floats.scores(of: image), by: backend).classes
      let found = MostProbableClasses(of: bytes.scores(of: image), by: backend).classes
      for cell in 0..<image.count where image.isOccupied(cell) {
        count += 1
        if expected[cell] == found[cell] { same += 1 }
      }
    }
    var measurement = LatencyMeasurement(of: [], whole: [floats.session, bytes.session])
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<41 { measurement.addRound(using: &generator) }
    let times = measurement.wholeEntries.map(\.median)
    return Comparison(
      agreement: Double(same) / Double(max(1, count)), floats: times[0], bytes: times[1])
  }
}
