#if Viewer
import Annotation
package import PointClouds

extension LabelMap {
  /// The classes that an annotator chooses among: those of objects, then a model's others.
  ///
  /// - Throws: `invalidLabelMap` where the model's ids mean other things than SemanticKITTI's, or its
  ///   classes have the names of others.
  package static func annotating(with map: LabelMap) throws(PointCloudsError) -> LabelMap {
    try checkIDs(of: map)
    let objectIDs = Set(ObjectClass.allCases.flatMap(\.rawIDs))
    var classes = ObjectClass.allCases.map {
      LabelClass(name: $0.rawValue, read: .ids($0.rawIDs), write: $0.semantic, color: $0.color)
    }
    for item in map.classes where !objectIDs.contains(item.write) {
      var own = item
      if case .ids(let ids) = item.read {
        own.read = .ids(ids.filter { !objectIDs.contains($0) })
      }
      classes.append(own)
    }
    var ignored = map.ignored.filter { !objectIDs.contains($0) }
    if map.restPosition == nil {
      ignored.removeAll { $0 == background }
      let gray = LabelColor(red: 95, green: 107, blue: 122)
      classes.append(LabelClass(name: "background", read: .rest, write: background, color: gray))
    }
    return try LabelMap(name: "annotation", classes: classes, ignored: ignored)
  }

  /// The raw SemanticKITTI id of what is known to be nothing else.
  private static var background: UInt16 { 99 }

  /// Objects are written by SemanticKITTI's ids: a map of other ids would give them other meanings.
  private static func checkIDs(of map: LabelMap) throws(PointCloudsError) {
    for item in map.classes {
      guard let known = ObjectClass(rawValue: item.name), !known.rawIDs.contains(item.write) else {
        continue
      }
      throw PointCloudsError(
        .invalidLabelMap,
        "the model's label map '\(map.name)' writes '\(item.name)' as \(item.write), which is none of "
          + "SemanticKITTI's ids of it",
        remedy: "Annotate with a model whose labels are SemanticKITTI's raw ids.")
    }
  }
}

extension ObjectClass {
  fileprivate var color: LabelColor {
    switch self {
    case .car: LabelColor(red: 63, green: 193, blue: 255)
    case .truck: LabelColor(red: 108, green: 122, blue: 255)
    case .tram: LabelColor(red: 190, green: 132, blue: 255)
    case .otherVehicle: LabelColor(red: 76, green: 214, blue: 180)
    case .person: LabelColor(red: 255, green: 107, blue: 107)
    case .cyclist: LabelColor(red: 255, green: 210, blue: 74)
    }
  }
}
#endif
