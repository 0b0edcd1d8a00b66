import CKernels
public import Tensors

/// The most probable class of each pixel, and how probable it is.
public struct MostProbableClasses: Sendable {
  /// The channel of the greatest score, the first of equal ones; one of 0...255 for each pixel.
  public let classes: [UInt8]
  /// The softmax of a pixel's scores at its class, 0...1; NaN where a score is.
  public let probabilities: [Float]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - scores: `[..., C]`, C being at most 256.
  ///   - backend: who computes; for one without kernels of our own, the best that this processor has.
  public init(of scores: Tensor<Float>, by backend: Backend) {
    let count = scores.shape.channels
    precondition(count <= 256, "more classes than a byte tells apart")
    let pixelCount = scores.count / count
    let kernels = NativeKernels(InstructionSet(rawValue: backend.rawValue) ?? .best)
    var probabilities: [Float] = []
    classes = [UInt8](unsafeUninitializedCapacity: pixelCount) { classes, classCount in
      probabilities = [Float](unsafeUninitializedCapacity: pixelCount) { values, valueCount in
        scores.withUnsafeElements { scores in
          guard let from = scores.baseAddress, let best = classes.baseAddress,
            let confidence = values.baseAddress
          else { return }
          kernels.table.pointee.classify(from, count, pixelCount, best, confidence)
        }
        valueCount = pixelCount
      }
      classCount = pixelCount
    }
    self.probabilities = probabilities
  }
}
