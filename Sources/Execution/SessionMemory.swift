import Graphs
import Kernels
import Tensors

/// The memory of one session: an arena for activations, and the constants.
final class SessionMemory {
  /// How many floats the constants are.
  let constantCount: Int
  private let arena: UnsafeMutableBufferPointer<Float>
  private let constants: UnsafeMutableBufferPointer<Float>
  private var views: [Graph.Value: ValueView] = [:]

  init(_ graph: Graph, plan: MemoryPlan, constants values: ConstantValues) {
    constantCount = values.tensors.values.reduce(0) { $0 + Self.roundedToLine($1.count) }
    arena = Self.allocate(plan.arenaCount)
    constants = Self.allocate(constantCount)
    var offset = 0
    for value in graph.values {
      if let tensor = values.tensors[value] {
        let part = UnsafeMutableBufferPointer(
          rebasing: constants[offset..<(offset + tensor.count)])
        tensor.withUnsafeElements { _ = part.update(fromContentsOf: $0) }
        offset += Self.roundedToLine(tensor.count)
        views[value] = Self.view(part.baseAddress, tensor.type, tensor.shape.channels)
      } else if let place = plan.places[value.position] {
        let buffer = plan.buffers[place.buffer]
        views[value] = Self.view(
          arena.baseAddress.map { $0 + buffer.offset }, graph[value].type, buffer.pixelStride,
          firstChannel: place.channelOffset)
      }
    }
  }

  deinit {
    arena.deallocate()
    constants.deallocate()
  }

  /// An address that is valid but must not be used.
  var anyAddress: UnsafeMutablePointer<Float> {
    guard let address = arena.baseAddress else { preconditionFailure("a session without memory") }
    return address
  }

  /// Where a value lies.
  ///
  /// - Precondition: the value is an activation, or a constant that an activation needs.
  func view(of value: Graph.Value) -> ValueView {
    guard let view = views[value] else {
      preconditionFailure("value \(value.position) has no place")
    }
    return view
  }

  /// The elements of a value.
  ///
  /// - Precondition: they are floats in memory without gaps.
  func elements(of value: Graph.Value) -> UnsafeMutableBufferPointer<Float> {
    guard let view = view(of: value).floats else {
      preconditionFailure("value \(value.position) is stored as bytes")
    }
    let isDense = view.pixelStride == view.shape.channels || view.shape.count == view.shape.channels
    precondition(isDense, "value \(value.position) has gaps in memory")
    return UnsafeMutableBufferPointer(start: view.base, count: view.shape.count)
  }

  /// Zeroed floats at a cache line's start.
  static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let stride = MemoryLayout<Float>.stride
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, 1) * stride, alignment: 64)
    let floats = bytes.bindMemory(to: Float.self)
    floats.initialize(repeating: 0)
    return floats
  }

  private static func roundedToLine(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  private static func view(
    _ base: UnsafeMutablePointer<Float>?, _ type: TensorType, _ pixelStride: Int,
    firstChannel: Int = 0
  ) -> ValueView {
    guard let base else { preconditionFailure("memory without an address") }
    guard let quantization = type.quantization else {
      return .floats(
        TensorView(base: base + firstChannel, shape: type.shape, pixelStride: pixelStride))
    }
    let bytes = UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self)
    return .bytes(
      TensorView(base: bytes + firstChannel, shape: type.shape, pixelStride: pixelStride),
      quantization)
  }
}
