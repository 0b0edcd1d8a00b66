import Graphs
import Tensors

/// Operations that only move bytes, or make floats of them: the same for every backend.
struct ByteCopies {
  let operands: [ValueView]
  let result: ValueView
  let threads: Int

  /// A kernel for an operation, or nothing where something is computed or nothing is bytes.
  func kernel(_ operation: Operation, _ backend: Backend) -> PreparedKernel? {
    let name = "\(backend.rawValue).\(operation.kind.rawValue).bytes"
    switch (operation, result) {
    case (.concatenation, .bytes(let target, _)): return concatenation(name, target)
    case (.channelSlice(let slice), .bytes(let target, _)):
      guard case .bytes(let image, _) = operands[0] else { return nil }
      return copies(name, [(image.channels(from: slice.first, count: slice.count), target)])
    case (.conversion, .floats(let target)):
      guard operands[0].floats == nil else { return nil }
      let (image, bands) = (operands[0], bands)
      return PreparedKernel(name, bandCount: bands.count) { band, _ in
        image.copy(bands[band], to: target)
      }
    case (.conversion, .bytes):
      guard let image = operands[0].floats else { return nil }
      let (target, bands) = (result, bands)
      return PreparedKernel(name, bandCount: bands.count) { band, _ in
        target.take(bands[band], from: image)
      }
    default: return nil
    }
  }

  private var bands: Bands {
    Bands(of: result.pixelCount, size: max(1, 65536 / result.channels), threads: threads)
  }

  /// What does not lie in its place already is copied there.
  private func concatenation(_ name: String, _ target: TensorView<UInt8>) -> PreparedKernel? {
    var moves: [(from: TensorView<UInt8>, to: TensorView<UInt8>)] = []
    var channel = 0
    for operand in operands {
      guard case .bytes(let part, _) = operand else { return nil }
      let place = target.channels(from: channel, count: part.channels)
      if part.base != place.base || part.pixelStride != place.pixelStride {
        moves.append((part, place))
      }
      channel += part.channels
    }
    return copies(name, moves)
  }

  private func copies(
    _ name: String, _ moves: [(from: TensorView<UInt8>, to: TensorView<UInt8>)]
  ) -> PreparedKernel {
    let bands = bands
    return PreparedKernel(name, bandCount: moves.isEmpty ? 0 : bands.count) { band, _ in
      for (from, to) in moves {
        for position in bands[band] {
          to.pixel(position).update(from: from.pixel(position), count: from.channels)
        }
      }
    }
  }
}
