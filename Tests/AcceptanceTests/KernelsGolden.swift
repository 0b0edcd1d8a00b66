import Foundation
import Graphs
import Kernels
import Tensors

/// A golden case of one operation: named tensors in and out, channels first.
struct KernelsGolden: Decodable {
  struct Entry: Decodable {
    let shape: [Int]
    let data: [Double]

    /// The same values with the axes in another order.
    func transposed(_ axes: [Int]) -> Tensor<Double> {
      let extents = axes.map { shape[$0] }
      var strides = Array(repeating: 1, count: shape.count)
      for axis in stride(from: shape.count - 2, through: 0, by: -1) {
        strides[axis] = strides[axis + 1] * shape[axis + 1]
      }
      let elements = (0..<data.count).map { position in
        var rest = position
        var source = 0
        for (axis, extent) in zip(axes, extents).reversed() {
          source += rest % extent * strides[axis]
          rest /= extent
        }
        return data[source]
      }
      return Tensor(TensorShape(extents), elements)
    }

    /// From `[N, C, H, W]` to `[N, H, W, C]`.
    var image: Tensor<Double> { transposed([0, 2, 3, 1]) }

    /// From `[O, I, KH, KW]` to `[KH, KW, I, O]`.
    var kernel: Tensor<Double> { transposed([2, 3, 1, 0]) }

    /// From `[I, O, KH, KW]` to `[KH, KW, I, O]`.
    var transposedKernel: Tensor<Double> { transposed([2, 3, 0, 1]) }

    /// As it is.
    var plain: Tensor<Double> { transposed(Array(shape.indices)) }
  }

  let inputs: [String: Entry]
  let outputs: [String: Entry]

  init(_ name: String) throws {
    let path = try SharedFolder.path("golden/ops/\(name).json")
    self = try JSONDecoder().decode(
      Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  func input(_ name: String) throws -> Entry { try Self.entry(name, in: inputs) }

  func output(_ name: String) throws -> Entry { try Self.entry(name, in: outputs) }

  private static func entry(_ name: String, in entries: [String: Entry]) throws -> Entry {
    guard let entry = entries[name] else {
      throw CocoaError(
        .coderValueNotFound, userInfo: [NSLocalizedDescriptionKey: "no tensor \(name)"])
    }
    return entry
  }
}

/// Computes an operation: the reference in double precision, or a backend in single.
enum KernelsEngine {
  case reference
  case backend(Backend)

  static let all = [.reference] + Backend.available.filter { $0 != .reference }.map(Self.backend)

  /// The greatest allowed difference, as a part of the greater of the true value and 1.
  var tolerance: Double {
    switch self {
    case .reference: 1e-10
    case .backend: 2e-6
    }
  }

  /// The same where Winograd's filtering may be used, which costs a digit.
  var filteredTolerance: Double {
    switch self {
    case .reference, .backend(.openblas): tolerance
    case .backend: 2e-5
    }
  }

  func run(_ operation: Graphs.Operation, _ operands: [Tensor<Double>]) throws -> Tensor<Double> {
    switch self {
    case .reference: try ReferenceKernels.evaluate(operation, operands)
    case .backend(let backend): try run(operation, operands, by: backend)
    }
  }

  private func run(
    _ operation: Graphs.Operation, _ operands: [Tensor<Double>], by backend: Backend
  ) throws -> Tensor<Double> {
    let type = try operation.resultType(of: operands.map(\.type), node: "golden")
    let views = operands.map { view($0.shape, $0.elements.map(Float.init)) }
    let result = view(type.shape, Array(repeating: 0, count: type.shape.count))
    let kernel = backend.prepare(operation, operands: views, result: result, threads: 2)
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: kernel.scratchCount + 1)
    for band in 0..<kernel.bandCount { kernel.run(band, scratch) }
    let elements = (0..<type.shape.count).map { Double(result.base[$0]) }
    scratch.deallocate()
    for view in views + [result] { view.base.deallocate() }
    return Tensor(type.shape, elements)
  }

  private func view(_ shape: TensorShape, _ values: [Float]) -> TensorView<Float> {
    let base = UnsafeMutablePointer<Float>.allocate(capacity: values.count)
    base.initialize(from: values, count: values.count)
    return TensorView(base: base, shape: shape)
  }
}
