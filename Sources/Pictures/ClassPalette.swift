package import PointClouds

/// The colours of a label map: first the unlabelled, then its classes.
package struct ClassPalette: Sendable {
  /// How the unlabelled and the classes are shown.
  package let styles: [ClassStyle]
  private let map: LabelMap

  /// The colours of a label map.
  package init(_ map: LabelMap) {
    self.map = map
    styles =
      [ClassStyle(name: "unlabelled", color: RGB(red: 62, green: 66, blue: 74))]
      + map.classes.map { item in
        let color = item.color
        return ClassStyle(
          name: item.name, color: RGB(red: color.red, green: color.green, blue: color.blue))
      }
  }

  /// A label's position among the styles.
  package func position(of label: PointLabel) -> UInt8 {
    switch map.meaning(of: label.semantic) {
    case .index(let position): UInt8(position + 1)
    case .ignored, .unknown: 0
    }
  }
}
