import PointClouds
import Randomness
import RangeImages

/// Objects of rare classes, cut out of the first samples of a mix.
struct ObjectBank: Sendable {
  /// The objects of each class, in the order in which they were found.
  private(set) var objects: [[ImageObject]]

  /// Places that are tried for an object before it is left out.
  private static let attempts = 8

  /// A bank without objects.
  static let empty = ObjectBank(objects: [])

  init(objects: [[ImageObject]]) {
    self.objects = objects.filter { !$0.isEmpty }
  }

  /// Looks through the first samples of a mix; which objects are kept does not depend on threads.
  ///
  /// - Throws: `.invalidConfiguration` for a class that is none; what reading throws.
  init(
    of mix: SourceMix, _ paste: Augmentation.ObjectPaste, key: RandomKey, threadCount: Int
  ) throws {
    let names = mix.labelMap.classes.map(\.name)
    let positions = try paste.classes.map { name throws(TrainingError) in
      guard let position = names.firstIndex(of: name) else {
        throw TrainingError(
          .invalidConfiguration, "`paste.classes` names \(name), which is no class",
          remedy: "name some of \(names.joined(separator: ", "))")
      }
      return UInt8(position)
    }
    // A source of few images comes round again.
    var seen: Set<SourceMix.Place> = []
    let places = (0..<paste.bankImages).map(mix.place(ofSample:)).filter {
      seen.insert($0).inserted
    }
    let found = try ParallelMap.map(count: places.count, threadCount: threadCount) { number in
      let place = places[number]
      let image = try mix.parts[place.part].source.image(
        at: place.image, key: key.key(.bank, number))
      return ImageObject.all(
        in: image, classes: Set(positions), minimumCells: paste.minimumCells)
    }
    self.init(
      objects: positions.map { position in
        let all = found.joined().lazy.filter { $0.classPosition == position }
        return Array(all.prefix(paste.bankSize))
      })
  }

  /// Puts some objects, of all classes equally often, into an image.
  func paste(upTo count: Int, into image: inout LabelledImage, key: RandomKey) {
    guard !objects.isEmpty else { return }
    var stream = key.stream
    for _ in 0..<stream.index(below: count) + 1 {
      let kind = objects[stream.index(below: objects.count)]
      let object = kind[stream.index(below: kind.count)]
      guard object.width <= image.columns else { continue }
      let places = image.geometry.isFullSweep ? image.columns : image.columns - object.width + 1
      for _ in 0..<Self.attempts {
        let column = stream.index(below: places)
        if image.hasRoom(for: object, atColumn: column) {
          image.paste(object.moved(toColumn: column, columnAngle: image.columnAngle))
          break
        }
      }
    }
  }
}

extension LabelledImage {
  /// Puts an object into the cells that are empty or farther away; nearer points stay before it.
  mutating func paste(_ object: ImageObject) {
    for part in object.cells {
      let cell = cell(of: part, atColumn: object.firstColumn)
      guard part.range < range[cell] || range[cell] == 0 else { continue }
      (x[cell], y[cell], z[cell]) = (part.x, part.y, part.z)
      (intensity[cell], range[cell]) = (part.intensity, part.range)
      classes[cell] = object.classPosition
    }
  }

  /// Whether most of an object would be seen, and its lowest cells stand on what is there.
  ///
  /// Below a ray that meets the object at its foot the ground is not much farther away.
  func hasRoom(for object: ImageObject, atColumn column: Int) -> Bool {
    guard let lowest = object.cells.map(\.row).max() else { return false }
    var (seen, feet, standing) = (0, 0, 0)
    for part in object.cells {
      let found = range[cell(of: part, atColumn: column)]
      if found == 0 || part.range < found { seen += 1 }
      guard part.row == lowest else { continue }
      feet += 1
      if found >= part.range - 0.5, found <= 1.2 * part.range + 1 { standing += 1 }
    }
    return 2 * seen > object.cells.count && 2 * standing >= feet
  }

  private func cell(of part: ImageObject.Cell, atColumn first: Int) -> Int {
    let column = first + part.column
    return part.row * columns + (column < columns ? column : column - columns)
  }
}
