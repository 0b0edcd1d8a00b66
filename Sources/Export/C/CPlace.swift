import Graphs
import Tensors

/// Where a value lies when the C program runs.
struct CPlace {
  /// What memory that is.
  enum Memory {
    /// An input or an output, which the caller brings: a member of the program's `struct memory`.
    case member(String)
    /// Bytes from the start of the arena.
    case arena(Int)
    /// A constant array.
    case array(String)
  }

  let memory: Memory
  /// Elements from the start of that memory to the first pixel's first channel.
  var channelOffset = 0
  /// Elements from one pixel to the next.
  let stride: Int
  let type: TensorType

  var channels: Int { type.shape.channels }
  var pixelCount: Int { type.shape.count / type.shape.channels }

  /// A pointer to the first element, as C reads or writes it.
  var pointer: String {
    let suffix = channelOffset == 0 ? "" : " + \(channelOffset)"
    switch memory {
    case .member(let name): return "m->\(name)\(suffix)"
    case .array(let name): return "\(name)\(suffix)"
    case .arena(let offset):
      let bytes = offset + channelOffset * type.element.byteCount
      return type.element == .uint8 ? "BYTES(\(bytes))" : "FLOATS(\(bytes))"
    }
  }

  /// The place as a `struct image`.
  var image: String {
    guard let quantization = type.quantization else {
      return "{\(pointer), \(stride), 0.0f, 0.0f}"
    }
    return
      "{\(pointer), \(stride), \(quantization.scale.cLiteral), \(Float(quantization.zero).cLiteral)}"
  }

  /// The place as a `struct target`.
  var target: String {
    guard let quantization = type.quantization else {
      return "{\(pointer), \(stride), 0.0f, 0.0f}"
    }
    let inverse = 1 / quantization.scale
    return "{\(pointer), \(stride), \(inverse.cLiteral), \(Float(quantization.zero).cLiteral)}"
  }

  /// Whether this is the very memory of some channels of another place.
  func lies(at other: CPlace, channel: Int) -> Bool {
    stride == other.stride && channelOffset == other.channelOffset + channel
      && memory == other.memory
  }
}

extension CPlace.Memory: Equatable {}
