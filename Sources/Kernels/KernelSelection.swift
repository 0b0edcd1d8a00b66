import CKernels
public import Graphs
import Tensors

/// One of several kernels that compute the same operation.
public enum KernelVariant: String, CaseIterable, Codable, Sendable {
  /// 3x3 convolutions by Winograd's F(4x4, 3x3).
  case winograd4x4
  /// F(2x4, 3x3): tiles of two rows and four columns.
  case winograd2x4
  /// F(4x2, 3x3).
  case winograd4x2
  /// F(2x2, 3x3).
  case winograd2x2
  /// Windows over rows that are copied with a border.
  case rows
  /// Pixels times a matrix, where they lie.
  case product

  /// The outputs of a Winograd tile.
  var tile: Extent? {
    switch self {
    case .winograd4x4: Extent(4, 4)
    case .winograd2x4: Extent(2, 4)
    case .winograd4x2: Extent(4, 2)
    case .winograd2x2: Extent(2, 2)
    case .rows, .product: nil
    }
  }
}

/// Which kernels are used where several could be: what was measured on one machine.
///
/// Where nothing was measured, the shipped choice counts: the largest Winograd tile for 3x3 convolutions,
/// products for 1x1, rows for all others.
public struct KernelSelection: Codable, Equatable, Sendable {
  /// The kernels by what they compute; see `key(...)`.
  public var variants: [String: KernelVariant]

  /// A selection of the given kernels.
  public init(_ variants: [String: KernelVariant]) {
    self.variants = variants
  }

  /// The shipped choice everywhere.
  public static let shipped = KernelSelection([:])

  /// What a kernel is remembered by: who computes what on which sizes with how many threads.
  public static func key(
    _ operation: Operation, operands: [ValueView], result: ValueView, backend: Backend,
    threads: Int
  ) -> String {
    let words = [backend.rawValue, operation.kind.rawValue] + operation.attributes.words
    let kind = operands.first?.quantization == nil ? "" : " of bytes"
    let sizes = "\(operands.first?.shape.description ?? "")\(kind)->\(result.shape)"
    return (words + [sizes, "\(threads) threads"]).joined(separator: " ")
  }
}

extension Backend {
  /// The kernels that could compute an operation, the shipped choice first; none where there is one only.
  public func variants(
    of operation: Operation, operands: [ValueView], result: ValueView
  ) -> [KernelVariant] {
    guard let instructions = InstructionSet(rawValue: rawValue), let input = operands.first,
      case .convolution(let convolution) = operation
    else { return [] }
    return convolution.variants(over: input, result, NativeKernels(instructions))
  }
}

extension Convolution {
  /// What can compute a convolution, the shipped choice first.
  func variants(
    over input: ValueView, _ result: ValueView, _ kernels: NativeKernels
  ) -> [KernelVariant] {
    guard stride == .one, shift == nil else { return [] }
    if input.quantization != nil {
      // Fewer channels are done before they are transformed, and others are read one by one.
      let inputs = 16...ckernels_most_byte_winograd_inputs
      let isCovered =
        kernel == Extent(3, 3) && kernels.table.pointee.winograd_of_bytes != nil
        && inputs.contains(input.channels) && input.channels.isMultiple(of: 8)
        && input.channels * result.channels >= 128
      return isCovered ? [.winograd2x2, .rows] : []
    }
    return switch kernel {
    case Extent(3, 3): [.winograd4x4, .winograd2x4, .winograd4x2, .winograd2x2, .rows]
    case .one: [.product, .rows]
    default: []
    }
  }
}
