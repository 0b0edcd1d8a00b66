import Foundation
public import PointClouds
public import Randomness
public import RangeImages

/// Images that are stored as NumPy arrays: the simulator's shards, or SqueezeSeg's files.
public struct ShardSource: SampleSource {
  /// The folder.
  public let name: String
  /// The directions of the images' cells.
  public let geometry: ImageGeometry
  /// What raw ids mean.
  public let labelMap: LabelMap
  private let window: SampleWindow
  private let files: [ShardFile]
  /// The number of each file's first image, and at the end how many images there are.
  private let firstImages: [Int]
  private let table: ClassTable

  /// The images of a folder, or of the `shards` or `lidar_2d` in it, in the order of their names.
  ///
  /// - Parameters:
  ///   - folder: where the `.npy` files are.
  ///   - geometry: the images; rows are beams.
  ///   - labelMap: what raw ids mean.
  ///   - window: which part of a whole sweep a sample shows.
  /// - Throws: `.unreadable`; `.damaged` for a file that is cut short; `.unsuitableData` where there
  ///   are no images or they are not of this geometry.
  public init(
    folder: String, geometry: ImageGeometry, labelMap: LabelMap, window: SampleWindow
  ) throws(TrainingError) {
    let root = URL(fileURLWithPath: folder)
    for place in [root, root.appending(path: "shards"), root.appending(path: "lidar_2d")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      let arrays = names.filter { $0.hasSuffix(".npy") && !$0.hasPrefix(".") }.sorted()
      guard !arrays.isEmpty else { continue }
      try self.init(
        files: arrays.map { place.appending(path: $0).path }, name: folder, geometry: geometry,
        labelMap: labelMap, window: window)
      return
    }
    throw TrainingError(
      .unsuitableData, "there are no .npy files in this folder", remedy: "check the path",
      path: folder)
  }

  /// The images of these files; see `init(folder:geometry:labelMap:window:)`.
  ///
  /// - Throws: `.unreadable`, `.damaged`, `.unsuitableData`.
  public init(
    files: [String], name: String, geometry: ImageGeometry, labelMap: LabelMap,
    window: SampleWindow
  ) throws(TrainingError) {
    do {
      try geometry.validate()
    } catch {
      throw TrainingError(error, path: name)
    }
    guard geometry.rowRule != .elevation, !files.isEmpty else {
      throw TrainingError(
        .unsuitableData,
        files.isEmpty ? "no files are given" : "rows of stored images are beams, not elevations",
        remedy: "train with rowRule ring, or with scans", path: name)
    }
    var opened: [ShardFile] = []
    for path in files { opened.append(try ShardFile(path: path, geometry: geometry)) }
    self.files = opened
    firstImages = opened.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    (self.name, self.geometry, self.labelMap, self.window) = (name, geometry, labelMap, window)
    table = ClassTable(labelMap)
  }

  /// How many images the files hold.
  public var count: Int? { firstImages[firstImages.count - 1] }

  /// Reads an image, all of which is checked.
  ///
  /// - Throws: `.unreadable`, `.damaged`, `.unsuitableData`; see `validate()`.
  public func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    var cells: [Float] = []
    let file = try readCells(index, into: &cells)
    image.prepare(for: geometry)
    let turn = SweepTurn(
      columns: file.columns, of: geometry, isDrawn: window == .drawn && file.labels == .rawIDs,
      key: key)
    let farthest = Float(geometry.maximumRange ?? .infinity)
    for row in 0..<geometry.rows {
      for column in 0..<geometry.columns {
        let first = (row * file.columns + turn.sourceColumn(column)) * ShardFile.channels
        let cell = row * geometry.columns + column
        let range = cells[first + 4]
        guard range > 0, range <= farthest else {
          image.empty(cell)
          continue
        }
        (image.x[cell], image.y[cell]) = turn.turned(cells[first], cells[first + 1])
        image.z[cell] = cells[first + 2]
        image.intensity[cell] = cells[first + 3]
        image.range[cell] = range
        image.classes[cell] = file.classPosition(of: cells[first + 5], table: table)
      }
    }
  }

  /// Counts the cells of the whole image, of a sweep all the way round.
  ///
  /// - Throws: `.unreadable`, `.damaged`, `.unsuitableData`.
  public func census(of index: Int) throws -> ImageCensus {
    var cells: [Float] = []
    let file = try readCells(index, into: &cells)
    var counts = [Int](repeating: 0, count: labelMap.classes.count)
    for first in stride(from: 0, to: cells.count, by: ShardFile.channels) where cells[first + 4] > 0
    {
      let position = Int(file.classPosition(of: cells[first + 5], table: table))
      if position < counts.count { counts[position] += 1 }
    }
    return ImageCensus(classes: counts)
  }

  /// Reads and checks every image.
  ///
  /// - Throws: `.damaged` for values that are not finite; `.unsuitableData` for labels that the label
  ///   map does not know, with their number and the first few; both name file and byte.
  public func validate() throws(TrainingError) {
    var cells: [Float] = []
    for index in 0..<firstImages[firstImages.count - 1] {
      _ = try readCells(index, into: &cells)
    }
  }

  private func readCells(_ index: Int, into cells: inout [Float]) throws(TrainingError) -> ShardFile
  {
    precondition(
      index >= 0 && index < firstImages[firstImages.count - 1],
      "image \(index) of \(firstImages[firstImages.count - 1])")
    var (low, high) = (0, files.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstImages[middle] <= index { low = middle } else { high = middle }
    }
    try files[low].read(
      index - firstImages[low], table: table, mapName: labelMap.name, into: &cells)
    return files[low]
  }
}
