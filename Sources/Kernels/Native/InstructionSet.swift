import CKernels

/// Instruction sets that our own kernels are compiled for.
public enum InstructionSet: String, CaseIterable, Sendable, Codable {
  /// What every processor has.
  case portable
  /// AVX2 with fused multiply-add.
  case avx2
  /// AVX-512 F, VL, BW and DQ.
  case avx512
  /// AVX-512 with VNNI.
  case avx512vnni

  /// Whether this processor has it.
  public var isAvailable: Bool { kernels != nil }

  /// The best that this processor has.
  public static let best: InstructionSet = allCases.last { $0.isAvailable } ?? .portable

  /// The kernels; nothing where the processor lacks the instructions.
  var kernels: UnsafePointer<ckernels>? {
    switch self {
    case .portable: ckernels_with(ckernels_portable)
    case .avx2: ckernels_with(ckernels_avx2)
    case .avx512: ckernels_with(ckernels_avx512)
    case .avx512vnni: ckernels_with(ckernels_avx512vnni)
    }
  }
}
