import Datasets
import Evaluation
import PointClouds
import RangeImages

/// A scan of random points, some of them in boxes, with random labels and a random image.
struct RandomEvaluatedScan {
  static let ids: [UInt16] = [0, 99, 10, 30, 31, 18, 300]

  let scan: EvaluatedScan

  init(seed: UInt64, drive: String = "d", frame: String = "0", columns: Int = 48) throws {
    var generator = Generator(state: seed)
    let boxes = (0..<6).map { _ in Self.box(&generator) }
    var cloud = PointCloud()
    for number in 0..<600 {
      let box = boxes[number % boxes.count]
      let isNear = number % 3 != 0
      let point = Self.point(near: isNear ? box : nil, &generator)
      cloud.x.append(number % 97 == 5 ? .nan : point.x)
      cloud.y.append(point.y)
      cloud.z.append(point.z)
      cloud.intensity.append(0)
    }
    let truth = cloud.x.map { _ in Self.label(&generator) }
    let prediction = truth.map { Bool.random(using: &generator) ? $0 : Self.label(&generator) }
    let projection = try Projector.project(
      cloud,
      geometry: ImageGeometry(
        rows: 16, columns: columns, left: 60, right: -60, top: 20, bottom: -40, rowRule: .elevation,
        maximumRange: 70))
    let cells = projection.image.count
    scan = EvaluatedScan(
      drive: drive, frame: frame, cloud: cloud, truth: truth, prediction: prediction, boxes: boxes,
      image: ClassifiedImage(
        projection: projection,
        classes: (0..<cells).map { _ in UInt8.random(in: 0..<4, using: &generator) },
        confidence: (0..<cells).map { _ in Float.random(in: 0.25...1, using: &generator) }))
  }

  private static func label(_ generator: inout Generator) -> PointLabel {
    PointLabel(semantic: ids.randomElement(using: &generator) ?? 0)
  }

  private static func box(_ generator: inout Generator) -> ObjectBox {
    let kinds: [KITTIClass] = [.car, .van, .pedestrian, .cyclist, .truck, .car]
    return ObjectBox(
      kind: kinds.randomElement(using: &generator) ?? .car,
      bottom: SIMD3(
        .random(in: 5...60, using: &generator), .random(in: -30...30, using: &generator), -1.7),
      size: SIMD3(
        .random(in: 1...5, using: &generator), .random(in: 1...2, using: &generator), 1.6),
      heading: .random(in: -3...3, using: &generator))
  }

  private static func point(
    near box: ObjectBox?, _ generator: inout Generator
  ) -> SIMD3<Float> {
    guard let box else {
      return SIMD3(
        .random(in: -90...90, using: &generator), .random(in: -60...60, using: &generator),
        .random(in: -2...2, using: &generator))
    }
    // A point of the sensor's frame whose place is the origin of the box tells where the box is.
    let origin = -SIMD3(
      box.place(x: 0, y: 0, z: 0).x, box.place(x: 0, y: 0, z: 0).y,
      box.place(x: 0, y: 0, z: 0).z)
    let forward = box.place(x: 1, y: 0, z: 0) + origin
    let left = box.place(x: 0, y: 1, z: 0) + origin
    let own = SIMD3(
      Double.random(in: -3...3, using: &generator), .random(in: -1.3...1.3, using: &generator),
      .random(in: -0.2...1.8, using: &generator))
    let moved = own + origin
    return SIMD3(
      Float((forward * moved).sum()), Float((left * moved).sum()), Float(moved.z))
  }
}
