#if Viewer
import Annotation
import Datasets
import Exchange
import Foundation
import Kernels
import Pictures
import PointCloudIO
import PointClouds
import Segmentation
import TestSupport
import Viewer

/// A drive of scans with a car that drives and one that stands, to be annotated.
struct AnnotatedDrive {
  let folder: TemporaryFolder
  var dataset: Dataset
  private let model: Model

  init(count: Int = 4) throws {
    folder = try TemporaryFolder()
    model = try TinyModel.make()
    let points = folder.url.appending(path: "scans/drive/velodyne")
    try FileManager.default.createDirectory(at: points, withIntermediateDirectories: true)
    for number in 0..<count {
      try ScanFile.write(
        Scan(cloud: Self.cloud(number)),
        to: points.appending(path: "00000\(number).bin").path, as: .kittiBin)
    }
    dataset = try Dataset.open(path: folder.path("scans"))
  }

  var out: String { folder.path("out") }

  /// Where the car that drives is in a sweep.
  static func place(_ number: Int) -> SIMD2<Double> { SIMD2(10 + 0.6 * Double(number), 3.5) }

  private static func cloud(_ number: Int) -> PointCloud {
    var scene = SyntheticScene()
    scene.add(x: place(number).x, y: place(number).y)
    scene.add(x: 14, y: -5, heading: 0.3)
    return scene.scanned().cloud
  }

  /// The point of a sweep that is nearest to a place, and stands above the ground or is the ground's.
  static func point(
    near place: SIMD2<Double>, in number: Int, isGround: Bool = false
  ) -> Int {
    let cloud = cloud(number)
    func distance(_ index: Int) -> Double {
      let (u, v) = (Double(cloud.x[index]) - place.x, Double(cloud.y[index]) - place.y)
      let isWanted = isGround ? cloud.z[index] < -1.65 : cloud.z[index] > -1.2
      return isWanted ? u * u + v * v : .infinity
    }
    return (0..<cloud.count).min { distance($0) < distance($1) } ?? 0
  }

  func desk() throws -> AnnotationDesk {
    let files = try AnnotatedFiles(folder: out, of: dataset)
    let session = try AnnotationSession(folder: out, source: dataset.path)
    let map = try LabelMap.annotating(with: model.description.labelMap)
    let palette = ClassPalette(map)
    let model = model
    let scans = dataset.scans
    let load: AnnotationDesk.Load = { number in
      let read = try scans[number].read()
      if let damage = read.damage { throw damage }
      let pipeline = try SegmentationPipeline(
        model, configuration: SegmentationConfiguration(backend: .reference))
      return SweepBytes.Content(
        cloud: read.scan.cloud, result: try pipeline.segment(read.scan.cloud, from: nil))
    }
    return AnnotationDesk(
      SourceDescription(
        name: "scans", kind: .annotated, sweeps: scans.map(\.frame), palette: palette, truth: true,
        model: "tiny",
        annotation: SourceDescription.Annotation(
          folder: out, semantics: [0] + map.classes.map(\.write),
          objects: ObjectClass.allCases.map(\.rawValue))),
      of: dataset, palette: palette, session: session, files: files,
      access: AnnotationDesk.Access(
        load: load, confidence: { 1 - Float($0) / 10 }, describe: Self.describe))
  }

  /// A desk after another: its worker's thread lets go of the folder some moments after its last answer.
  func reopenedDesk() async throws -> AnnotationDesk {
    for _ in 0..<500 {
      do {
        return try claimedDesk()
      } catch let error as AnnotationError where error.code == .locked {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    return try claimedDesk()
  }

  /// A desk at which the page "me" may change something.
  func claimedDesk() throws -> AnnotationDesk {
    let desk = try desk()
    try desk.claim("me", takes: false)
    return desk
  }

  private static let describe: @Sendable (any Error) -> SweepFault = { error in
    switch error {
    case let error as AnnotationError:
      SweepFault(
        error.code == .exhausted ? .full : .refused, "\(error.path ?? ""): \(error.message)",
        remedy: error.remedy)
    case let error as PointCloudIOError:
      SweepFault(.failed, "\(error.path ?? ""): \(error.message)", remedy: error.remedy)
    default: SweepFault(.failed, "\(error)", remedy: "none")
    }
  }
}

/// What an act is refused with, if it is.
func fault(_ act: () async throws -> Void) async -> SweepFault? {
  do {
    try await act()
    return nil
  } catch {
    return error as? SweepFault
  }
}

extension AnnotationDesk {
  /// Does a step as the page "me".
  @discardableResult
  func step(_ action: AnnotationRequest.Action, _ sweep: Int = 0) async throws -> AnnotationView {
    try await perform(AnnotationRequest(writer: "me", sweep: sweep, action: action))
  }

  /// Clicks on the car that drives.
  @discardableResult
  func click(in sweep: Int = 0) async throws -> AnnotationView {
    let place = AnnotatedDrive.place(sweep)
    return try await step(
      .click(point: AnnotatedDrive.point(near: place, in: sweep), objectClass: .car), sweep)
  }
}
#endif
