/// How one class is shown; a palette is an array of these, by class index.
public struct ClassStyle: Equatable, Sendable {
  /// The class's name in the legend.
  public var name: String
  /// The class's colour.
  public var color: RGB

  /// A style; see the properties.
  public init(name: String, color: RGB) {
    self.name = name
    self.color = color
  }
}

extension [ClassStyle] {
  /// The colour of a class; one that the palette lacks is shown in magenta, so that it is noticed.
  func color(of classIndex: UInt8) -> RGB {
    indices.contains(Int(classIndex)) ? self[Int(classIndex)].color : .unknownClass
  }

  /// The lines of a legend: every class of the palette with how often it occurs, and one more line
  /// where values occur that the palette lacks.
  ///
  /// Of a long palette, only what occurs is listed.
  func legend(of classes: [UInt8]) -> [Legend.Entry] {
    var counts = [Int](repeating: 0, count: 256)
    for classIndex in classes { counts[Int(classIndex)] += 1 }
    var entries = zip(self, counts).filter { count <= 8 || $1 > 0 }.map {
      Legend.Entry(color: $0.color, caption: "\($0.name)  \($1)")
    }
    let unknown = counts.dropFirst(count).reduce(0, +)
    if unknown > 0 {
      entries.append(Legend.Entry(color: .unknownClass, caption: "not in palette  \(unknown)"))
    }
    return entries
  }
}
