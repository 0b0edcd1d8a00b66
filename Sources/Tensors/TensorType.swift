/// The extents of a tensor, outermost first; images are `[N, H, W, C]`.
public struct TensorShape: Hashable, Sendable, Codable, ExpressibleByArrayLiteral {
  /// Extents, each at least 1.
  public var extents: [Int]

  /// A shape of the given extents.
  public init(_ extents: [Int]) {
    self.extents = extents
  }

  /// A shape of the given extents.
  public init(arrayLiteral elements: Int...) {
    extents = elements
  }

  /// A shape from the array of its extents.
  public init(from decoder: any Decoder) throws {
    extents = try decoder.singleValueContainer().decode([Int].self)
  }

  /// Writes the array of extents.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(extents)
  }

  /// How many extents there are.
  public var rank: Int { extents.count }

  /// How many elements a tensor of this shape has.
  public var count: Int { extents.reduce(1, *) }

  /// The last extent: channels of an image or of a kernel's output.
  public var channels: Int { extents.last ?? 1 }

  /// The extent at `axis`.
  public subscript(axis: Int) -> Int {
    get { extents[axis] }
    set { extents[axis] = newValue }
  }
}

extension TensorShape: CustomStringConvertible {
  /// For example `1x64x512x6`.
  public var description: String { extents.map(String.init).joined(separator: "x") }
}

/// What one element of a tensor is.
public enum ElementType: String, Codable, Sendable, CaseIterable {
  /// IEEE 754 single precision.
  case float32 = "f32"
  /// IEEE 754 double precision.
  case float64 = "f64"
  /// Bytes that stand for numbers; see `Quantization`.
  case uint8 = "u8"

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .float32: 4
    case .float64: 8
    case .uint8: 1
    }
  }
}

/// Element type and shape of a value in a graph.
public struct TensorType: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What one element is.
  public var element: ElementType
  /// The extents.
  public var shape: TensorShape
  /// What the bytes stand for, where elements are bytes.
  public var quantization: Quantization?

  /// A type; `float32` unless said otherwise.
  public init(_ shape: TensorShape, _ element: ElementType = .float32) {
    self.element = element
    self.shape = shape
  }

  /// Bytes that stand for numbers.
  public init(_ shape: TensorShape, _ quantization: Quantization) {
    element = .uint8
    self.shape = shape
    self.quantization = quantization
  }

  /// The same elements under another shape.
  public func with(shape: TensorShape) -> TensorType {
    var type = self
    type.shape = shape
    return type
  }

  /// Bytes of a dense tensor of this type.
  public var byteCount: Int { shape.count * element.byteCount }

  /// For example `f32[1x64x512x6]`.
  public var description: String {
    "\(element.rawValue)[\(shape)]" + (quantization.map { " \($0)" } ?? "")
  }
}
