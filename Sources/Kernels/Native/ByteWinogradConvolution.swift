import CKernels
import Graphs
import Tensors

/// A 3x3 convolution over bytes by Winograd's minimal filtering in whole numbers.
struct ByteWinogradConvolution {
  private let kernels: NativeKernels
  private let winograd: ckernels_winograd
  private let tileCount: Int
  private let weights: ByteWeights
  private let source: TensorView<Float>
  private let steps: FloatBuffer
  private let finish: NativeEpilogue

  /// - Precondition: the instruction set has such kernels.
  init(
    over input: ValueView, _ quantization: Quantization, _ kernels: NativeKernels,
    weights source: TensorView<Float>, _ result: ValueView, _ finish: NativeEpilogue
  ) {
    (self.kernels, self.source, self.finish) = (kernels, source, finish)
    let (inputs, outputs) = (input.channels, result.channels)
    steps = FloatBuffer(count: outputs)
    let taps = TensorView(
      base: source.base, shape: [9, inputs, outputs], pixelStride: source.pixelStride)
    weights = ByteWeights(taps, steps: steps, over: quantization, kernels, .winograd)
    let table = kernels.table.pointee
    var winograd = ckernels_winograd(
      input: input.image, output: result.image, tile_height: 2, tile_width: 2,
      weights: UnsafeRawPointer(steps.base), epilogue: finish.value,
      block: table.winograd_byte_block?(inputs, outputs) ?? 1, rescale: nil, offset: nil, padding: 0
    )
    weights.apply(to: &winograd)
    self.winograd = winograd
    tileCount = result.shape[0] * ((result.shape[1] + 1) / 2) * ((result.shape[2] + 1) / 2)
  }

  private func arrange() {
    kernels.readSteps(of: source, to: steps)
    weights.arrange()
    finish.arrange()
  }

  func kernel(_ conditions: Conditions) -> PreparedKernel {
    // Blocks are small; a band has several of them.
    let size = max(1, 96 / winograd.block) * winograd.block
    let bands = Bands(of: tileCount, size: size, threads: conditions.threads)
    let table = kernels.table.pointee
    let scratchCount = withUnsafePointer(to: winograd) { table.winograd_scratch_count($0) }
    return PreparedKernel(
      kernels.name(.convolution, "3x3", "winograd2x2", "bytes"), bandCount: bands.count,
      scratchCount: scratchCount, start: conditions.arranging(arrange)
    ) { [self] band, scratch in
      withExtendedLifetime(self) {
        withUnsafePointer(to: winograd) {
          table.winograd_of_bytes?($0, bands[band].lowerBound, bands[band].upperBound, scratch)
        }
      }
    }
  }
}
