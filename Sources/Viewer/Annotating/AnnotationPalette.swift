#if Viewer
import Annotation
package import PointClouds

extension LabelMap {
  /// The classes that an annotator chooses among: those of objects, then a model's others.
  ///
  /// - Throws: where the model's classes have the names of others.
  package static func annotating(with map: LabelMap) throws(PointCloudsError) -> LabelMap {
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
    if map.restPosition == nil {
      let gray = LabelColor(red: 95, green: 107, blue: 122)
      classes.append(LabelClass(name: "background", read: .rest, write: 99, color: gray))
    }
    return try LabelMap(
      name: "annotation", classes: classes,
      ignored: map.ignored.filter { !objectIDs.contains($0) })
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
