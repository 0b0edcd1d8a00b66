package import Graphs
import Tensors

/// Where every value of a graph lies while it runs.
///
/// A value lies in a buffer at a channel offset: a part of a concatenation is computed in the
/// concatenation's own buffer, and a slice of channels is a view of what it is cut from, so neither
/// is copied. Buffers whose values are not needed at the same time share memory.
public struct MemoryPlan: Sendable {
  /// Memory for one value or for several that lie inside each other.
  package struct Buffer: Sendable {
    /// Memory, counted in floats, whatever the elements are.
    var floatCount: Int
    /// Elements from one pixel to the next.
    package fileprivate(set) var pixelStride: Int
    /// Position of the first and last node that touches it.
    var lifetime: ClosedRange<Int>
    /// Floats from the start of the arena.
    package fileprivate(set) var offset = 0
  }

  /// A value's place.
  package struct Place: Sendable {
    /// Which of the buffers it lies in.
    package fileprivate(set) var buffer: Int
    /// Its first element in a pixel of the buffer.
    package fileprivate(set) var channelOffset: Int
  }

  /// Memory that values lie in.
  package private(set) var buffers: [Buffer] = []
  /// Places by node position; nothing for what has memory of its own.
  package private(set) var places: [Place?]
  /// Floats that all buffers together need.
  public private(set) var arenaCount = 0

  /// Plans the values that `graph` computes from its inputs, without `constants`: those have memory of their own,
  /// whether they are known before or computed there.
  package init(_ graph: Graph, constants: Set<Graph.Value>) {
    places = Array(repeating: nil, count: graph.nodes.count)
    let hosts = Self.hosts(graph, constants: constants)
    for value in graph.values.reversed() where !constants.contains(value) {
      place(value, in: graph, hosts: hosts)
    }
    for value in graph.values where !constants.contains(value) {
      if case .operation(.channelSlice(let slice), let operands) = graph[value].source,
        !constants.contains(operands[0])
      {
        share(value, with: operands[0], channelOffset: slice.first)
      }
    }
    extendLifetimes(graph)
    assignOffsets()
  }

  /// The concatenation inside whose buffer a value is computed, and at which channel.
  private static func hosts(
    _ graph: Graph, constants: Set<Graph.Value>
  ) -> [Graph.Value: (Graph.Value, Int)] {
    var hosts: [Graph.Value: (Graph.Value, Int)] = [:]
    for value in graph.values {
      guard case .operation(.concatenation, let operands) = graph[value].source else { continue }
      var channel = 0
      for operand in operands {
        if hosts[operand] == nil, !constants.contains(operand), graph.canBeHosted(operand) {
          hosts[operand] = (value, channel)
        }
        channel += graph[operand].type.shape.channels
      }
    }
    return hosts
  }

  private mutating func place(
    _ value: Graph.Value, in graph: Graph, hosts: [Graph.Value: (Graph.Value, Int)]
  ) {
    if let (host, channel) = hosts[value] {
      share(value, with: host, channelOffset: channel)
      return
    }
    let type = graph[value].type
    let float = MemoryLayout<Float>.stride
    places[value.position] = Place(buffer: buffers.count, channelOffset: 0)
    buffers.append(
      Buffer(
        floatCount: (type.byteCount + float - 1) / float, pixelStride: type.shape.channels,
        lifetime: value.position...value.position))
  }

  private mutating func share(
    _ value: Graph.Value, with other: Graph.Value, channelOffset: Int
  ) {
    guard let place = places[other.position] else { return }
    places[value.position] = Place(
      buffer: place.buffer, channelOffset: place.channelOffset + channelOffset)
  }

  private mutating func extendLifetimes(_ graph: Graph) {
    // What has memory of its own touches nothing here but the values that it is computed from.
    for value in graph.values {
      touch(value, at: value.position)
      if graph.isGiven(value) {
        // From before the first step, and kept so that a run can be repeated.
        touch(value, at: 0)
        touch(value, at: graph.nodes.count)
      }
      guard case .operation(_, let operands) = graph[value].source else { continue }
      for operand in operands { touch(operand, at: value.position) }
    }
    for output in graph.outputs { touch(output.value, at: graph.nodes.count) }
  }

  private mutating func touch(_ value: Graph.Value, at position: Int) {
    guard let place = places[value.position] else { return }
    let lifetime = buffers[place.buffer].lifetime
    buffers[place.buffer].lifetime =
      min(lifetime.lowerBound, position)...max(lifetime.upperBound, position)
  }

  /// Largest first, each at the lowest address where nothing of its lifetime lies.
  private mutating func assignOffsets() {
    let line = 16
    var placed: [Int] = []
    let bySize = buffers.indices.filter { isUsed($0) }
      .sorted { (buffers[$0].floatCount, $1) > (buffers[$1].floatCount, $0) }
    for index in bySize {
      var offset = 0
      let rivals = placed.filter { buffers[$0].lifetime.overlaps(buffers[index].lifetime) }
        .sorted { buffers[$0].offset < buffers[$1].offset }
      for rival in rivals {
        if offset + buffers[index].floatCount <= buffers[rival].offset { break }
        let end = buffers[rival].offset + buffers[rival].floatCount
        offset = max(offset, (end + line - 1) / line * line)
      }
      buffers[index].offset = offset
      placed.append(index)
      arenaCount = max(arenaCount, offset + buffers[index].floatCount)
    }
  }

  private func isUsed(_ buffer: Int) -> Bool {
    places.contains { $0?.buffer == buffer }
  }
}

extension Graph {
  /// Whether a value comes from outside: an input, or a parameter that is not constant.
  fileprivate func isGiven(_ value: Value) -> Bool {
    if case .operation = self[value].source { false } else { true }
  }

  /// Whether an operation computes the value into memory of its own choice: not an input, and not
  /// a view of something else.
  fileprivate func canBeHosted(_ value: Value) -> Bool {
    switch self[value].source {
    case .input, .parameter, .operation(.channelSlice, _): false
    case .operation: true
    }
  }
}
