/// A Swift type that a tensor can hold.
public protocol TensorScalar: BinaryFloatingPoint, Sendable, BitwiseCopyable {
  /// The element type that files and graphs call it.
  static var elementType: ElementType { get }
}

extension Float: TensorScalar {
  /// `f32`.
  public static var elementType: ElementType { .float32 }
}

extension Double: TensorScalar {
  /// `f64`.
  public static var elementType: ElementType { .float64 }
}

/// Elements in row-major order with a shape; a value that copies its storage on the first write.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The extents.
  public let shape: TensorShape
  private var storage: AlignedStorage<Scalar>

  /// A tensor filled with one value.
  public init(_ shape: TensorShape, repeating value: Scalar = 0) {
    self.shape = shape
    storage = AlignedStorage(count: shape.count, repeating: value)
  }

  /// A tensor of the given elements in row-major order.
  ///
  /// - Precondition: `elements.count == shape.count`.
  public init(_ shape: TensorShape, _ elements: some Collection<Scalar>) {
    precondition(
      elements.count == shape.count, "\(elements.count) elements for the shape \(shape)")
    self.init(shape)
    withUnsafeMutableElements { _ = $0.update(fromContentsOf: elements) }
  }

  /// Element type and shape.
  public var type: TensorType { TensorType(shape, Scalar.elementType) }

  /// How many elements there are.
  public var count: Int { shape.count }

  /// The elements, copied into an array.
  public var elements: [Scalar] { withUnsafeElements { Array($0) } }

  /// The element at a row-major position.
  public subscript(position: Int) -> Scalar {
    get { withUnsafeElements { $0[position] } }
    set { withUnsafeMutableElements { $0[position] = newValue } }
  }

  /// The same elements under another shape of the same count.
  public func reshaped(_ shape: TensorShape) -> Tensor {
    precondition(shape.count == count, "\(self.shape) cannot become \(shape)")
    return Tensor(shape: shape, storage: storage)
  }

  /// Gives the elements, aligned to 64 bytes, for the length of a call.
  public func withUnsafeElements<R, E: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R {
    let storage = storage
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(storage.elements))
  }

  /// Gives the elements, aligned to 64 bytes, to write for the length of a call.
  public mutating func withUnsafeMutableElements<R, E: Error>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R {
    if !isKnownUniquelyReferenced(&storage) {
      storage = AlignedStorage(copying: storage)
    }
    let storage = storage
    defer { withExtendedLifetime(storage) {} }
    return try body(storage.elements)
  }

  private init(shape: TensorShape, storage: AlignedStorage<Scalar>) {
    self.shape = shape
    self.storage = storage
  }
}

extension Tensor: Equatable {
  /// Whether shapes and all elements are equal.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    guard left.shape == right.shape else { return false }
    return left.withUnsafeElements { a in right.withUnsafeElements { b in a.elementsEqual(b) } }
  }
}
