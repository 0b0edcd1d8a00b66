public import PointClouds

/// Writes labels of one label map in the ids of another, or of the same one: each as the id that its
/// class is written as.
///
/// Ids that are ignored or unknown become the id of which the second map knows nothing, without an
/// instance.
public struct LabelTranslation: Sendable {
  /// The ids that the first map does not know, and how many labels had each.
  public typealias UnknownCounts = [UInt16: Int]

  /// The new label of each raw id; nothing where the class or its instance is not known.
  private let written: [UInt16?]
  private let isUnknown: [Bool]
  private let unlabelled: PointLabel

  /// A translation by the names of classes.
  ///
  /// - Parameters:
  ///   - source: what the labels are.
  ///   - target: what they become; it has a class of each name that `source` has.
  /// - Throws: `mismatch` where it has not, or where it ignores no id.
  public init(from source: LabelMap, to target: LabelMap) throws(DatasetsError) {
    let positions = source.classes.map { target.position(ofClass: $0.name) }
    let missing = zip(source.classes, positions).filter { $1 == nil }.map(\.0.name)
    guard missing.isEmpty else {
      throw DatasetsError(
        .mismatch,
        "label map '\(target.name)' lacks classes of '\(source.name)': "
          + missing.joined(separator: ", "),
        remedy: "Use a map with the same names of classes.")
    }
    guard let nothing = target.ignored.min() else {
      throw DatasetsError(
        .mismatch,
        "label map '\(target.name)' ignores no id, so that nothing can be written of "
          + "points whose class is not known", remedy: "Add one to its 'ignore'.")
    }
    let meanings = (0...UInt16.max).map(source.meaning(of:))
    written = meanings.map { meaning in
      guard case .index(let position) = meaning, let other = positions[position] else { return nil }
      return target.classes[other].write
    }
    isUnknown = meanings.map { $0 == .unknown }
    unlabelled = PointLabel(semantic: nothing)
  }

  /// The labels in the second map's ids; instances are kept.
  ///
  /// - Parameters:
  ///   - labels: labels in the first map's ids.
  ///   - unknown: grows by the ids that the first map does not know.
  /// - Returns: one label for each.
  public func translate(
    _ labels: [PointLabel], unknown: inout UnknownCounts
  ) -> [PointLabel] {
    labels.map { label in
      let id = Int(label.semantic)
      if isUnknown[id] { unknown[label.semantic, default: 0] += 1 }
      return written[id].map { PointLabel(semantic: $0, instance: label.instance) } ?? unlabelled
    }
  }
}
