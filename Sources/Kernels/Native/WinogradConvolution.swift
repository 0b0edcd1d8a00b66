import CKernels
import Graphs
import Tensors

/// A 3x3 convolution by Winograd's minimal filtering.
struct WinogradConvolution {
  private let kernels: NativeKernels
  private let tile: Extent
  private let winograd: ckernels_winograd
  private let tileCount: Int
  private let packed: FloatBuffer
  private let weights: TensorView<Float>
  private let finish: NativeEpilogue

  init(
    tile: Extent, _ kernels: NativeKernels, _ operands: [ValueView],
    _ result: ValueView, _ finish: NativeEpilogue
  ) {
    self.kernels = kernels
    self.tile = tile
    self.finish = finish
    let (inputs, outputs) = (operands[0].channels, result.channels)
    let table = kernels.table.pointee
    packed = FloatBuffer(
      count: table.winograd_packed_count(tile.height, tile.width, inputs, outputs))
    weights = operands[1].parameters
    winograd = ckernels_winograd(
      input: operands[0].image, output: result.image, tile_height: tile.height,
      tile_width: tile.width, weights: UnsafeRawPointer(packed.base), epilogue: finish.value,
      block: table.winograd_block(tile.height, tile.width, inputs, outputs), rescale: nil,
      offset: nil, padding: 0)
    tileCount =
      result.shape[0] * ((result.shape[1] + tile.height - 1) / tile.height)
      * ((result.shape[2] + tile.width - 1) / tile.width)
  }

  private func arrange() {
    kernels.table.pointee.winograd_pack(
      tile.height, tile.width, weights.base, weights.pixelStride, winograd.input.channels,
      winograd.output.channels, packed.base)
    finish.arrange()
  }

  func kernel(_ conditions: Conditions) -> PreparedKernel {
    let bands = Bands(of: tileCount, size: winograd.block, threads: conditions.threads)
    let table = kernels.table.pointee
    let scratchCount = withUnsafePointer(to: winograd) { table.winograd_scratch_count($0) }
    return PreparedKernel(
      kernels.name(.convolution, "3x3", "winograd\(tile)"), bandCount: bands.count,
      scratchCount: scratchCount, start: conditions.arranging(arrange)
    ) { [self] band, scratch in
      withExtendedLifetime(self) {
        withUnsafePointer(to: winograd) {
          table.winograd($0, bands[band].lowerBound, bands[band].upperBound, scratch)
        }
      }
    }
  }
}
