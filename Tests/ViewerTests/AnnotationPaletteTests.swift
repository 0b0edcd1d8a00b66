#if Viewer
import Annotation
import Datasets
import PointClouds
import Testing
import Viewer

/// What annotators choose among, with each of the label maps that models may have.
@Suite struct AnnotationPaletteTests {
  private static let ownIDs = ["four-classes", "nineteen-classes"]
  private static let otherIDs = ["nineteen-classes-learning-ids", "nuscenes-sixteen"]

  @Test(arguments: ownIDs) func objectsComeFirstAndNoOtherClassIsLost(_ name: String) throws {
    let map = try LabelMap.bundled(name)
    let palette = try LabelMap.annotating(with: map)
    let objects = ObjectClass.allCases
    #expect(palette.classes.prefix(objects.count).map(\.name) == objects.map(\.rawValue))
    for item in map.classes where ObjectClass(semantic: item.write) == nil {
      #expect(palette.position(ofClass: item.name) != nil, "\(item.name)")
    }
    let rest = try #require(palette.restPosition)
    #expect(palette.meaning(of: 99) == .index(rest))
    #expect(palette.meaning(of: 0) == .ignored)
  }

  @Test(arguments: otherIDs) func mapsOfOtherIDsAreRefused(_ name: String) throws {
    let map = try LabelMap.bundled(name)
    let error = #expect(throws: PointCloudsError.self) { try LabelMap.annotating(with: map) }
    #expect(error?.code == .invalidLabelMap && error?.message.contains("'car'") == true)
  }

  @Test func allShippedMapsAreTried() {
    #expect(LabelMap.bundledNames.sorted() == (Self.ownIDs + Self.otherIDs).sorted())
  }
}
#endif
