public import PointClouds
public import RangeImages

/// What is counted over the range images of a set of scans.
///
/// Its size does not depend on how many they are, but for a number for each object. The statistics of
/// parts of a set are summed.
public struct RangeImageStatistics: Equatable, Sendable {
  /// The window that sets are compared in: KITTI's front, whose returns beyond 80 m do not count.
  public static var geometry: ImageGeometry {
    var geometry = ImageGeometry.kittiFront
    geometry.maximumRange = 80
    return geometry
  }

  /// How many windows were counted.
  public private(set) var windows = 0
  /// How many of them have labels.
  public private(set) var labelledWindows = 0
  /// Histograms of cells and runs.
  public private(set) var cells = CellHistograms()
  /// What each row holds, from the top.
  public private(set) var rows: [RowStatistics]
  /// Cells without a return or without intensity.
  public private(set) var drops = DropStatistics()
  /// The inside of cars, of the windows with labels.
  public private(set) var cars = CarStatistics()
  /// The objects in the windows with labels: one for each of `ObjectKind.allCases`.
  private var objects = [ObjectSizes](repeating: ObjectSizes(), count: ObjectKind.allCases.count)
  private let kindOfClass: [ObjectKind?]
  private let labelMap: LabelMap

  /// Nothing counted yet.
  ///
  /// - Parameter labelMap: what raw ids mean; its classes called `car`, `person` and `cyclist` count.
  public init(labelMap: LabelMap) {
    self.labelMap = labelMap
    kindOfClass = labelMap.classes.map { ObjectKind(rawValue: $0.name) }
    rows = [RowStatistics](repeating: RowStatistics(), count: Self.geometry.rows)
  }

  /// The sizes of the objects of a kind.
  public func sizes(of kind: ObjectKind) -> ObjectSizes {
    objects[ObjectKind.allCases.firstIndex(of: kind) ?? 0]
  }

  /// Counts a window.
  ///
  /// - Parameters:
  ///   - image: a range image of `geometry`; its labels count where it has any.
  ///   - intensityMaximum: the intensity of a full return.
  /// - Precondition: the image has as many rows as `geometry`.
  public mutating func add(_ image: RangeImage, intensityMaximum: Double = 1) {
    precondition(image.rows == rows.count, "\(image.rows) rows, not \(rows.count)")
    let window = Window(image, intensityMaximum: Float(intensityMaximum), kindOfID: kind(ofID:))
    windows += 1
    cells.add(window)
    for row in rows.indices { rows[row].add(window, row: row) }
    drops.add(window)
    guard let kinds = window.kinds else { return }
    labelledWindows += 1
    cars.add(window, kinds: kinds)
    ObjectFinder(window: window, kinds: kinds).forEachObject { kind, cells, meanRange in
      guard let index = ObjectKind.allCases.firstIndex(of: kind) else { return }
      objects[index].add(cells: cells, meanRange: meanRange)
    }
  }

  private func kind(ofID id: UInt16) -> ObjectKind? {
    guard case .index(let position) = labelMap.meaning(of: id) else { return nil }
    return kindOfClass[position]
  }

  /// The statistics of both sets together.
  public static func + (first: Self, second: Self) -> Self {
    var sum = first
    sum.windows += second.windows
    sum.labelledWindows += second.labelledWindows
    sum.cells += second.cells
    for row in sum.rows.indices { sum.rows[row] += second.rows[row] }
    sum.drops += second.drops
    sum.cars += second.cars
    for index in sum.objects.indices { sum.objects[index] += second.objects[index] }
    return sum
  }
}
