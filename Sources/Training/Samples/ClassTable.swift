package import PointClouds

/// The classes of all raw ids, for looking up many.
package struct ClassTable: Sendable {
  /// Stands for a raw id that is none of the label map's; maps have at most 250 classes.
  static let unknown: UInt8 = 254

  private let classes: [UInt8]

  /// The classes of a map's ids.
  package init(_ map: LabelMap) {
    classes = (0...UInt16.max).map { id in
      switch map.meaning(of: id) {
      case .index(let position): UInt8(position)
      case .ignored: LabelledImage.ignoredClass
      case .unknown: Self.unknown
      }
    }
  }

  /// A position in the label map, `LabelledImage.ignoredClass`, or `unknown`.
  subscript(id: UInt16) -> UInt8 { classes[Int(id)] }
}
