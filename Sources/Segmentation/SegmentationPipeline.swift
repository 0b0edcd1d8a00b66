public import Exchange
import Execution
import Graphs
import Kernels
public import PointClouds
public import RangeImages
public import Sensors
import Tensors

/// Points in, labels out.
///
/// It projects a scan, runs the network, and carries the labels back to every point; one scan at a
/// time.
public final class SegmentationPipeline {
  /// The model in use.
  public let model: Model
  /// How it is used.
  public let configuration: SegmentationConfiguration
  /// How points become cells: the model's geometry, with the configuration's row rule.
  public let geometry: ImageGeometry
  private let objectVote: ObjectVote
  private let session: Session
  private let takesMask: Bool

  /// Prepares a model for this machine.
  ///
  /// - Throws: `SegmentationError.mismatched` where the model's graph is not one from features to
  ///   scores of the model's geometry and classes.
  public init(_ model: Model, configuration: SegmentationConfiguration) throws {
    guard model.description.rendering == nil else {
      throw SegmentationError(
        .mismatched, "\(model.description.name) says no classes",
        remedy: "name a model of classes; this one is for rendering, in a recipe's data")
    }
    self.model = model
    self.configuration = configuration
    var geometry = model.description.geometry
    if let rule = configuration.rowRule { geometry.rowRule = rule }
    self.geometry = geometry
    objectVote = ObjectVote(model.description.labelMap)
    let graph = try model.description.preparedGraph(refining: configuration.refines)
    try Self.check(graph, against: model.description)
    takesMask = graph.inputs.contains { $0.name == "mask" }
    session = try Session(
      graph, parameters: model.parameters, backend: configuration.backend,
      threadCount: configuration.threadCount, selection: configuration.selection)
  }

  /// Bytes of weights, activations and scratch memory.
  public var memoryByteCount: Int { session.memoryByteCount }

  /// Labels every point of a cloud.
  ///
  /// `sensor` has the beams that measured it, which must be known where rows are beams and the cloud
  /// does not name them; it also says how intensities are scaled.
  /// - Throws: `RangeImagesError.ringsUnknown` where rows are beams that cannot be told;
  ///   `SegmentationError.mismatched` where the sensor has not as many beams as the image has rows.
  public func segment(_ cloud: PointCloud, from sensor: SensorTable?) throws -> SegmentedScan {
    try check(sensor)
    var durations = StageDurations()
    let projection = try timed(&durations.projection) {
      try Projector.project(cloud, geometry: geometry, sensor: sensor)
    }
    let cells = timed(&durations.network) {
      fillInputs(from: projection.image, intensityScale: cloud.intensityScale(for: sensor))
      session.compute()
      return CellClasses(scores: session.output("scores"), by: configuration.backend)
    }
    let classes = timed(&durations.carrying) {
      carry(cells.classes, through: projection, to: cloud, by: configuration.carrying)
    }
    return scan(cloud, projection, cells, classes, durations)
  }

  /// A network that was trained on the rows of one sensor says nothing sensible of another's.
  private func check(_ sensor: SensorTable?) throws(SegmentationError) {
    guard geometry.rowRule != .elevation, let sensor, sensor.beams.count != geometry.rows else {
      return
    }
    throw SegmentationError(
      .mismatched,
      "the \(geometry.rows) rows of \(model.description.name) are beams, and \(sensor.name) has"
        + " \(sensor.beams.count)",
      remedy: "use --projection spherical, or a model for this sensor")
  }

  private func fillInputs(from image: RangeImage, intensityScale: Float) {
    let features = FeatureImage(model.description.input, intensityScale: intensityScale)
    session.withUnsafeInput("features") { features.fill($0, from: image) }
    guard takesMask else { return }
    session.withUnsafeInput("mask") { memory in
      for cell in memory.indices { memory[cell] = image.pointIndex[cell] >= 0 ? 1 : 0 }
    }
  }

  /// The class of every point of a cloud from those of its cells; `LabelCarrier.noLabel` where a
  /// point has no cell.
  public func carry(
    _ classes: [UInt8], through projection: Projection, to cloud: PointCloud,
    by carrying: SegmentationConfiguration.Carrying
  ) -> [UInt8] {
    switch carrying {
    case .cell:
      return LabelCarrier.nearestCell(classes, through: projection)
    case .vote(let vote):
      return LabelCarrier.voted(
        classes, through: projection, of: cloud, by: vote, threads: configuration.threadCount)
    case .objects(let vote):
      let settled = objectVote.settled(
        classes, in: projection.image, of: projection.geometry)
      return carry(settled, through: projection, to: cloud, by: .vote(vote))
    }
  }

  private func scan(
    _ cloud: PointCloud, _ projection: Projection, _ cells: CellClasses, _ classes: [UInt8],
    _ durations: StageDurations
  ) -> SegmentedScan {
    let map = model.description.labelMap
    let written = map.classes.indices.map(map.label(ofClass:))
    var counts = [Int](repeating: 0, count: written.count)
    var labels = [PointLabel](repeating: .unlabelled, count: cloud.count)
    var confidence = [Float](repeating: 0, count: cloud.count)
    for (point, position) in classes.enumerated() where position != LabelCarrier.noLabel {
      labels[point] = written[Int(position)]
      counts[Int(position)] += 1
      confidence[point] = cells.probability(
        of: position, inCell: Int(projection.cellOfPoint[point]))
    }
    return SegmentedScan(
      labels: labels, confidence: confidence, cellClasses: cells.classes,
      cellConfidence: cells.confidence, projection: projection, classCounts: counts,
      unlabelledCount: cloud.count - counts.reduce(0, +), durations: durations)
  }

  private func timed<R>(_ milliseconds: inout Double, _ work: () throws -> R) rethrows -> R {
    let start = ContinuousClock.now
    defer { milliseconds = (ContinuousClock.now - start) / .milliseconds(1) }
    return try work()
  }

  private static func check(
    _ graph: Graph, against description: ModelDescription
  ) throws(SegmentationError) {
    let (rows, columns) = (description.geometry.rows, description.geometry.columns)
    let features: TensorShape = [1, rows, columns, description.input.channels.count]
    let scores: TensorShape = [1, rows, columns, description.labelMap.classes.count]
    let given = graph.inputs.first { $0.name == "features" }?.type.shape
    let taken = graph.outputs.first { $0.name == "scores" }.map { graph[$0.value].type.shape }
    guard given == features, taken == scores else {
      throw SegmentationError(
        .mismatched,
        "the graph takes features of \(given?.description ?? "no shape") to scores of"
          + " \(taken?.description ?? "no shape"); its model needs \(features) to \(scores)",
        remedy: "write the model with a graph, geometry and label map that fit each other")
    }
    let mask: TensorShape = [1, rows, columns, 1]
    let strangers = graph.inputs.filter { node in
      node.name != "features" && !(node.name == "mask" && node.type.shape == mask)
    }
    guard strangers.isEmpty else {
      throw SegmentationError(
        .mismatched,
        "nothing fills the graph's "
          + strangers.map { "\($0.name) (\($0.type.shape))" }.joined(separator: ", "),
        remedy: "write the model with no inputs but features and a mask of \(mask)")
    }
  }
}
