import Foundation

/// The file of a graph; field numbers are those of onnx.proto (github.com/onnx/onnx).
extension ONNXGraph {
  /// The operator set that the nodes are of; those up to 17 mean the same by them.
  package static let operatorSet = 13
  /// The version of the format that came with that operator set.
  private static let formatVersion = 7

  /// The file's bytes; equal for equal graphs.
  ///
  /// - Parameters:
  ///   - producer: the version of lidarseg.
  ///   - operatorSet: 13 to 17.
  ///   - notes: texts by name that programs can read without running the network.
  /// - Returns: a whole ONNX file.
  func file(
    producer: String, operatorSet: Int = ONNXGraph.operatorSet,
    notes: KeyValuePairs<String, String> = [:]
  ) -> Data {
    var model = ProtobufMessage()
    model.add(1, Self.formatVersion)
    model.add(2, "lidarseg")
    model.add(3, producer)
    model.add(7, message)
    model.add(8) { set in
      set.add(1, "")
      set.add(2, operatorSet)
    }
    for note in notes {
      model.add(14) { entry in
        entry.add(1, note.key)
        entry.add(2, note.value)
      }
    }
    return model.bytes
  }

  private var message: ProtobufMessage {
    var graph = ProtobufMessage()
    for node in nodes { graph.add(1, node.message) }
    graph.add(2, name)
    for constant in constants { graph.add(5, constant.message) }
    for input in inputs { graph.add(11, input.message) }
    for output in outputs { graph.add(12, output.message) }
    return graph
  }
}

extension ONNXGraph.Node {
  fileprivate var message: ProtobufMessage {
    var node = ProtobufMessage()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    node.add(3, output)
    node.add(4, operation.rawValue)
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      node.add(5) { attribute in
        attribute.add(1, name)
        value.add(to: &attribute)
      }
    }
    return node
  }
}

extension ONNXGraph.Attribute {
  /// Adds the value, and behind it the number of its kind.
  fileprivate func add(to attribute: inout ProtobufMessage) {
    switch self {
    case .float(let number):
      attribute.add(2, number)
      attribute.add(20, 1)
    case .int(let number):
      attribute.add(3, number)
      attribute.add(20, 2)
    case .text(let text):
      attribute.add(4, text)
      attribute.add(20, 3)
    case .ints(let numbers):
      for number in numbers { attribute.add(8, number) }
      attribute.add(20, 7)
    }
  }
}

extension ONNXGraph.Constant {
  fileprivate var message: ProtobufMessage {
    var tensor = ProtobufMessage()
    for extent in shape { tensor.add(1, extent) }
    tensor.add(2, element.rawValue)
    tensor.add(8, name)
    tensor.add(9, data)
    return tensor
  }

  private var element: ONNXGraph.ElementType {
    switch elements {
    case .float32: .float32
    case .uint8: .uint8
    case .int8: .int8
    case .int64: .int64
    }
  }

  /// The numbers as the format wants them: the lowest byte first.
  private var data: Data {
    switch elements {
    case .float32(let numbers): Self.data(numbers.map(\.bitPattern.littleEndian))
    case .uint8(let numbers): Data(numbers)
    case .int8(let numbers): Self.data(numbers)
    case .int64(let numbers): Self.data(numbers.map { Int64($0).littleEndian })
    }
  }

  private static func data<Number>(_ numbers: [Number]) -> Data {
    numbers.withUnsafeBytes { Data($0) }
  }
}

extension ONNXGraph.Value {
  fileprivate var message: ProtobufMessage {
    var value = ProtobufMessage()
    value.add(1, name)
    value.add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, element.rawValue)
        tensor.add(2) { extents in
          for extent in shape { extents.add(1) { $0.add(1, extent) } }
        }
      }
    }
    return value
  }
}
