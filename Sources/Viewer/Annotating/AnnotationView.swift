#if Viewer
package import Annotation
import Foundation
import Pictures
import PointClouds

/// What a page is told of a sweep's annotation: all of it, or what a step changed.
package struct AnnotationView: Encodable, Sendable {
  /// An object of the sweep.
  package struct Item: Encodable, Sendable {
    /// Its number.
    package var id: UInt16
    /// What it is.
    package var objectClass: ObjectClass
    /// How sure it is.
    package var state: AnnotatedObject.State
    /// Its box, where it has one.
    package var box: OrientedBox?
  }

  /// What labels say may be an object.
  package struct Candidate: Encodable, Sendable {
    var objectClass: ObjectClass
    var point: Int
    var count: Int
    var confidence: Float
    var points: PointRuns
  }

  /// How the sensor's frame lies in the camera's image.
  struct Camera: Encodable, Sendable {
    var matrix: [Double]
    var width: Double
    var height: Double
  }

  /// The sweep's number.
  package var sweep: Int
  /// How many steps were done, taken back or done again, in all sweeps.
  package var steps: Int
  /// How many steps can be taken back.
  package var undo = 0
  /// How many can be done again.
  package var redo = 0
  /// Runs of points with a new label, in base64: see `runs(of:)`.
  package var changes: String
  /// All objects of the sweep, by number.
  package var objects: [Item]
  /// What may be objects; of a whole view.
  package var candidates: [Candidate]?
  /// The camera, where there is one; of a whole view.
  var camera: Camera?
  /// The object that the step made or changed.
  package var selected: UInt16?
  /// What there is to say about the step.
  package var remark: String?
  /// How long it took, in milliseconds.
  package var milliseconds = 0.0

  /// A view of a sweep in which `changes` tells the labels that are others.
  init(_ number: Int, _ annotation: SweepAnnotation, changes: String, steps: Int) {
    (sweep, self.changes, self.steps) = (number, changes, steps)
    objects = annotation.objects.values.sorted { $0.id < $1.id }.map {
      Item(id: $0.id, objectClass: $0.objectClass, state: $0.state, box: $0.box)
    }
  }

  /// Labels that differ from others, or all of them: for each run of points with one label three
  /// little-endian words of 32 bits, which are its first point, how many, and the class's place in the
  /// palette times 65,536 plus the object's number.
  static func runs(
    of labels: [PointLabel], differingFrom others: [PointLabel]? = nil, palette: ClassPalette
  ) -> String {
    var places = LabelPlaces(palette)
    var bytes = Data()
    var point = 0
    while point < labels.count {
      let label = labels[point]
      guard others?[point] != label else {
        point += 1
        continue
      }
      let start = point
      while point < labels.count, labels[point] == label, others?[point] != label { point += 1 }
      let words = [UInt32(start), UInt32(point - start), places.word(of: label)]
      for word in words {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes.base64EncodedString()
  }
}

/// The places of labels in a palette, each looked up once.
private struct LabelPlaces {
  private let palette: ClassPalette
  private var known: [UInt16: UInt32] = [:]

  init(_ palette: ClassPalette) { self.palette = palette }

  mutating func word(of label: PointLabel) -> UInt32 {
    let place = known[label.semantic] ?? UInt32(palette.position(of: label)) << 16
    known[label.semantic] = place
    return place | UInt32(label.instance)
  }
}

/// How far each sweep is; an element of `GET /api/list`.
package struct SweepProgress: Encodable, Sendable {
  /// The mean confidence of the model's labels, 0...1; nothing where that is not known yet.
  package var confidence: Float?
  /// How many objects it has.
  package var objects = 0
  /// How many of them nobody looked at.
  package var predicted = 0
  /// Whether something was done to it.
  package var isChanged = false
}

/// What was written; the answer to `POST /api/saves`.
package struct SaveReport: Encodable, Sendable {
  /// Where to.
  package var folder: String
  /// How many sweeps were written now.
  package var written = 0
  /// How many sweeps the folder holds.
  package var sweeps = 0
  /// How many objects in them nobody confirmed or changed.
  package var predicted = 0
  /// What could not be written.
  package var faults: [SweepFault] = []
}
#endif
