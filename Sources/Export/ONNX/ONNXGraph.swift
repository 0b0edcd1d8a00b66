/// A network as ONNX's format knows it: named values, and nodes that make them of others.
struct ONNXGraph: Equatable, Sendable {
  /// What one element of a value is, by the number that the format gives it.
  enum ElementType: Int, Sendable {
    case float32 = 1
    case uint8 = 2
    case int8 = 3
    case int64 = 7
    case bool = 9
  }

  /// A value that is an input or an output.
  struct Value: Equatable, Sendable {
    var name: String
    var element: ElementType
    /// Extents, outermost first.
    var shape: [Int]
  }

  /// A value that the file holds.
  struct Constant: Hashable, Sendable {
    /// Its numbers in row-major order.
    enum Elements: Hashable, Sendable {
      case float32([Float])
      case uint8([UInt8])
      case int8([Int8])
      case int64([Int])
    }

    var name: String
    /// Extents, outermost first; none for a single number.
    var shape: [Int]
    var elements: Elements
  }

  /// What a node's result depends on besides its inputs.
  enum Attribute: Equatable, Sendable {
    case int(Int)
    case ints([Int])
    case float(Float)
    case text(String)
  }

  /// One computation with one result.
  struct Node: Equatable, Sendable {
    var operation: ONNXOperator
    /// Names of values; an empty one stands for an optional input that is left out.
    var inputs: [String]
    /// The name of the result, and of the node.
    var output: String
    var attributes: [String: Attribute]
  }

  /// Which the format wants to have some letters.
  var name = "network"
  /// In the order of their computation.
  var nodes: [Node] = []
  var constants: [Constant] = []
  var inputs: [Value] = []
  var outputs: [Value] = []
}
