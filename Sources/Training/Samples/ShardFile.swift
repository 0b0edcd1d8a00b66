import Foundation
import PointCloudIO
import RangeImages

/// A NumPy file of range images whose cells are x, y, z, intensity, range and a label.
struct ShardFile: Sendable {
  /// What the labels are.
  enum Labels {
    /// Raw ids of SemanticKITTI, as the simulator writes them.
    case rawIDs
    /// SqueezeSeg's classes, 0 to 3.
    case squeezeSeg
  }

  static let channels = 6

  let labels: Labels
  /// How many images it holds.
  let count: Int
  /// Columns of an image: as many as the samples have, or all the way round.
  let columns: Int
  private let rows: Int
  private let values: NumpyFloats

  var path: String { values.path }

  /// Opens `[n, H, C, 6]`, whole sweeps with raw ids, or `[H, W, 6]`, one of SqueezeSeg's images.
  ///
  /// - Throws: `.unreadable`, `.damaged`, or `.unsuitableData` where the images are not of `geometry`.
  init(path: String, geometry: ImageGeometry) throws(TrainingError) {
    do {
      values = try NumpyFloats(path: path)
    } catch {
      throw TrainingError(error)
    }
    let shape = values.shape
    rows = geometry.rows
    let sweepColumns = Int((360 / geometry.span * Double(geometry.columns)).rounded())
    if shape.count == 4, shape[0] > 0, shape[1...] == [rows, sweepColumns, Self.channels] {
      (labels, count, columns) = (.rawIDs, shape[0], sweepColumns)
    } else if shape == [rows, geometry.columns, Self.channels] {
      (labels, count, columns) = (.squeezeSeg, 1, geometry.columns)
    } else {
      throw TrainingError(
        .unsuitableData,
        "an array of shape \(shape) is neither [n, \(rows), \(sweepColumns), 6], sweeps, nor "
          + "[\(rows), \(geometry.columns), 6], an image",
        remedy: "simulate with --columns \(sweepColumns), or train with images of this shape",
        path: path, offset: 0)
    }
  }

  /// Reads the values of an image and checks them.
  func read(
    _ image: Int, table: ClassTable, mapName: String, into cells: inout [Float]
  ) throws(TrainingError) {
    let size = rows * columns * Self.channels
    do {
      try values.read(image * size..<(image + 1) * size, into: &cells)
    } catch {
      throw TrainingError(error)
    }
    try check(cells, image: image, table: table, mapName: mapName)
  }

  /// The class of a label, or `ClassTable.unknown` where it is none.
  @inline(__always)
  func classPosition(of label: Float, table: ClassTable) -> UInt8 {
    guard label >= 0, label <= 65_535, label == label.rounded() else { return ClassTable.unknown }
    let number = UInt16(label)
    guard labels == .squeezeSeg else { return table[number] }
    let classes = NumpyFile.squeezeSegClasses
    return Int(number) < classes.count ? table[classes[Int(number)]] : ClassTable.unknown
  }

  private func check(
    _ cells: [Float], image: Int, table: ClassTable, mapName: String
  ) throws(TrainingError) {
    let first = image * cells.count
    if let index = cells.firstIndex(where: { !$0.isFinite }) {
      throw TrainingError(
        .damaged, "\(cells.count { !$0.isFinite }) values of image \(image) are not finite",
        remedy: "write the file again", path: path, offset: values.offset(of: first + index))
    }
    var bad: [Int] = []
    for cell in 0..<cells.count / Self.channels where cells[cell * Self.channels + 4] > 0 {
      let index = cell * Self.channels + 5
      if classPosition(of: cells[index], table: table) == ClassTable.unknown { bad.append(index) }
    }
    guard let index = bad.first else { return }
    var examples: [Float] = []
    for label in bad.lazy.map({ cells[$0] }) where !examples.contains(label) {
      examples.append(label)
      if examples.count == 5 { break }
    }
    let names = examples.map { String(format: "%g", $0) }.joined(separator: ", ")
    throw TrainingError(
      .unsuitableData,
      "\(bad.count) labels of image \(image) are no ids of \(mapName): \(names)",
      remedy: "use the label map that the labels were written for", path: path,
      offset: values.offset(of: first + index))
  }
}
