import Foundation
public import Graphs
import Tensors

/// Weights of the SqueezeSeg family as NumPy archives hold them: names of the authors' TensorFlow
/// checkpoints, kernels as PyTorch orders them.
///
/// Convolution kernels are `[O, I, KH, KW]`, those of transposed convolutions (`.../deconv/kernels`)
/// `[I, O, KH, KW]`; here both become `[KH, KW, I, O]`. Everything else is taken as it is.
public enum AuthorsWeights {
  /// Reads all arrays of an `.npz` file.
  ///
  /// - Throws: `.unreadable`, `.damaged`.
  public static func read(_ path: String) throws -> ParameterValues {
    let archive = try NPZArchive(path: path)
    var values: ParameterValues = [:]
    for name in archive.names {
      let tensor = try archive.float32(name)
      values[name] =
        tensor.shape.rank == 4 ? reordered(tensor, transposed: isTransposed(name)) : tensor
    }
    return values
  }

  private static func isTransposed(_ name: String) -> Bool { name.hasSuffix("/deconv/kernels") }

  private static func reordered(_ tensor: Tensor<Float>, transposed: Bool) -> Tensor<Float> {
    let shape = tensor.shape
    let (outer, inner) = (shape[0], shape[1])
    let (inputs, outputs) = transposed ? (outer, inner) : (inner, outer)
    let elements = tensor.elements
    var result: [Float] = []
    result.reserveCapacity(elements.count)
    for row in 0..<shape[2] {
      for column in 0..<shape[3] {
        for input in 0..<inputs {
          for output in 0..<outputs {
            let (first, second) = transposed ? (input, output) : (output, input)
            result.append(elements[((first * inner + second) * shape[2] + row) * shape[3] + column])
          }
        }
      }
    }
    return Tensor([shape[2], shape[3], inputs, outputs], result)
  }
}
