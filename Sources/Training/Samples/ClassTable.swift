package import PointClouds

/// The classes of all raw ids, for looking up many.
package struct ClassTable: Sendable {
  /// Stands for a raw id that is none of the label map's; maps have at most 250 classes.
  static let unknown: UInt8 = 254

  private let classes: [UInt8]

  private init(classes: [UInt8]) {
    self.classes = classes
  }

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

  /// The classes of another map's ids, where both call them by the same names: a data set may number
  /// its classes as it likes.
  ///
  /// - Throws: `.unsuitableData` where a class of `source` has no name in `target`.
  init(_ source: LabelMap, as target: LabelMap, path: String) throws(TrainingError) {
    guard source != target else {
      self.init(target)
      return
    }
    let positions = source.classes.map { given in
      target.classes.firstIndex { $0.name == given.name }
    }
    let missing = zip(source.classes, positions).filter { $1 == nil }.map(\.0.name)
    guard missing.isEmpty else {
      throw TrainingError(
        .unsuitableData,
        "the data set's labels are those of \(source.name), and \(target.name) has no class "
          + missing.joined(separator: ", "),
        remedy: "train with labelMap: \(source.name)", path: path)
    }
    let own = Self(source)
    self.init(
      classes: own.classes.map { position in
        Int(position) < positions.count ? UInt8(positions[Int(position)] ?? 0) : position
      })
  }

  /// A position in the label map, `LabelledImage.ignoredClass`, or `unknown`.
  subscript(id: UInt16) -> UInt8 { classes[Int(id)] }
}
