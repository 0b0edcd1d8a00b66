import Foundation

/// Something that an annotator does to a sweep, as a value.
public enum AnnotationOperation: Codable, Equatable, Sendable {
  /// Gives points a class and takes them from their objects: a brush or a lasso.
  case setClass(points: PointRuns, semantic: UInt16)
  /// Gives points to an object.
  case assign(points: PointRuns, to: UInt16)
  /// Adds an object, and gives it points.
  case addObject(AnnotatedObject, points: PointRuns)
  /// Adds objects, each with its points: what tracks carry to a sweep, as one step.
  case addObjects([AddedObject])
  /// Makes another object of some points of an object.
  case splitObject(UInt16, points: PointRuns, new: AnnotatedObject)
  /// Gives the points of other objects to an object, and removes them.
  case mergeObjects([UInt16], into: UInt16)
  /// Moves a box by metres.
  case moveBox(UInt16, by: SIMD3<Double>)
  /// Gives a box a length, width and height in metres.
  ///
  /// The place `keeping` stays where it is: along the length and the width, -1 and 1 are the box's
  /// sides and 0 its middle.
  case resizeBox(UInt16, to: SIMD3<Double>, keeping: SIMD2<Double>)
  /// Turns a box by radians to the left about its middle.
  case rotateBox(UInt16, by: Double)
  /// Gives an object a box, or takes it away.
  case setBox(UInt16, OrientedBox?)
  /// Says what an object, and each of its points, is.
  case setObjectClass(UInt16, ObjectClass)
  /// Says that an object is right.
  case confirm(UInt16)
  /// Says that objects are right.
  case confirmObjects([UInt16])
  /// Removes an object; its points become unlabelled.
  case delete(UInt16)
}

/// An object and the points that it is added with.
public struct AddedObject: Codable, Equatable, Sendable {
  /// The object.
  public var object: AnnotatedObject
  /// Its points.
  public var points: PointRuns

  /// An object with its points.
  public init(_ object: AnnotatedObject, points: PointRuns) {
    (self.object, self.points) = (object, points)
  }
}

extension OrientedBox {
  /// The box with another size, and the place `keeping` where it was.
  func resized(to size: SIMD3<Double>, keeping: SIMD2<Double>) -> OrientedBox {
    var box = self
    let along = forward
    let across = SIMD2(-along.y, along.x)
    let shift =
      along * (keeping.x * (self.size.x - size.x) / 2)
      + across * (keeping.y * (self.size.y - size.y) / 2)
    box.size = size
    box.bottom += SIMD3(shift.x, shift.y, 0)
    return box
  }

  /// Whether all numbers are finite and the sizes above 0.
  var isValid: Bool {
    let numbers = [bottom.x, bottom.y, bottom.z, size.x, size.y, size.z, heading]
    return numbers.allSatisfy(\.isFinite) && size.min() > 0
  }
}
