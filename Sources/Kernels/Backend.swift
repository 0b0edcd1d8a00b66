public import Graphs

/// Who computes.
public enum Backend: String, CaseIterable, Sendable, Codable {
  /// Plain loops.
  case reference
  /// Matrix products by OpenBLAS and vector loops; runs on every processor that Swift supports.
  case openblas
  /// Our own kernels with what every processor has.
  case portable
  /// Our own kernels with AVX2 and FMA.
  case avx2
  /// Our own kernels with AVX-512.
  case avx512
  /// Our own kernels with AVX-512 and its VNNI, which multiplies bytes.
  case avx512vnni

  /// Those that this processor can run, the fastest last.
  public static let available = allCases.filter { backend in
    backend.instructions?.isAvailable ?? true
  }

  /// The fastest that this processor can run.
  public static var fastest: Backend { available.last ?? .openblas }

  /// The instructions that our own kernels are to use, if these are meant.
  private var instructions: InstructionSet? { InstructionSet(rawValue: rawValue) }
}

/// A node's computation, prepared for fixed memory.
///
/// Its bands are independent of each other: each writes its own part of the result, so any thread
/// may run any of them in any order; `start` goes before and `finish` follows them. Unchecked `Sendable`: `run` writes to nothing but its band's
/// part of the result and the scratch memory that the calling thread brings.
public struct PreparedKernel: @unchecked Sendable {
  /// Who computes what, for example `openblas.convolution.3x3`.
  public let name: String
  /// How many parts there are.
  public let bandCount: Int
  /// How many floats of scratch memory a thread needs.
  public let scratchCount: Int
  /// Reads what changes from run to run but not from band to band, before all bands.
  public let start: () -> Void
  /// Computes one band.
  public let run: (_ band: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void
  /// Completes the result after all bands: where each has summed up its part, the sum of these.
  public let finish: () -> Void

  init(
    _ name: String, bandCount: Int = 1, scratchCount: Int = 0,
    start: @escaping () -> Void = {},
    run: @escaping (_ band: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void,
    finish: @escaping () -> Void = {}
  ) {
    self.name = name
    self.bandCount = bandCount
    self.scratchCount = scratchCount
    self.start = start
    self.run = run
    self.finish = finish
  }
}

extension Backend {
  /// Prepares an operation for memory that stays where it is as long as the kernel is used.
  ///
  /// Where weights are fixed, those of convolutions (operand 1) must hold their values already: they may
  /// be rearranged here, once. Where they are not, they are read at every run. The result may share memory with an operand only in operations that work element
  /// by element, and in concatenations and channel slices, which copy nothing where an operand
  /// already lies in its place. `threads` is how many will share the bands. `variant` is one of
  /// `variants(of:operands:result:)`; without one, the shipped choice counts.
  ///
  /// What our own kernels do not cover is computed by OpenBLAS' kernels; the kernel's name tells.
  ///
  /// - Precondition: `result.shape` is what the operation's shape rule gives, and the backend is
  ///   available.
  public func prepare(
    _ operation: Operation, operands: [ValueView], result: ValueView, threads: Int,
    weightsAreFixed: Bool = true, variant: KernelVariant? = nil
  ) -> PreparedKernel {
    let conditions = Conditions(
      threads: max(1, threads), weightsAreFixed: weightsAreFixed, variant: variant)
    if let instructions,
      let own = NativeKernels(instructions).prepare(operation, operands, result, conditions)
    {
      return own
    }
    let copies = ByteCopies(operands: operands, result: result, threads: conditions.threads)
    if let copying = copies.kernel(operation, self) { return copying }
    return ThroughFloats(operands: operands, result: result).kernel { operands, result in
      if self == .reference {
        return PreparedKernel("reference.\(operation.kind.rawValue)") { _, _ in
          ReferenceKernels.run(operation, operands: operands, result: result)
        }
      }
      return OpenBLAS.prepare(operation, operands, result, conditions)
    }
  }

  /// The same where nothing is stored as bytes.
  public func prepare(
    _ operation: Operation, operands: [TensorView<Float>], result: TensorView<Float>, threads: Int,
    weightsAreFixed: Bool = true
  ) -> PreparedKernel {
    prepare(
      operation, operands: operands.map(ValueView.floats), result: .floats(result),
      threads: threads, weightsAreFixed: weightsAreFixed)
  }
}

/// Under which conditions a kernel will run.
struct Conditions {
  /// How many threads share the bands.
  let threads: Int
  /// Whether weights never change again.
  let weightsAreFixed: Bool
  /// Which of several kernels to use; the shipped choice where nothing is said.
  let variant: KernelVariant?

  /// What a kernel does before each run so that weights are arranged for it: now, once, where they are
  /// fixed.
  func arranging(_ arrange: @escaping () -> Void) -> () -> Void {
    guard weightsAreFixed else { return arrange }
    arrange()
    return {}
  }
}
