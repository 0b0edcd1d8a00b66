import Graphs
public import RangeImages

/// Everything that decides what a training run does; with the seed and the program it decides every byte
/// of the weights.
public struct TrainingConfiguration: Codable, Equatable, Sendable {
  /// What the model is called.
  public var name = "squeezesegv2"
  /// What is learned.
  public var task = TrainingTask.segmentation
  /// The network.
  public var network = NetworkConfiguration()
  /// A model file to start from; fresh weights if empty.
  public var initialWeights = ""
  /// The label map: a bundled name or a file.
  public var labelMap = "four-classes"
  /// The image that the network sees.
  public var image = ImageGeometry.kittiFront
  /// The sensor whose scans the network is for: a known name or a file.
  public var sensor = "hdl64e-kitti"
  /// What is learned from.
  public var data: [DataConfiguration] = []
  /// How often images with rare classes come.
  public var balance = ClassBalance()
  /// How samples are varied.
  public var augmentation = Augmentation()
  /// In how few bits the network learns to do its work.
  public var rounding = RoundingConfiguration()
  /// What the best weights are chosen by.
  public var validation = ValidationConfiguration()
  /// What is made small.
  public var loss = LossConfiguration()
  /// How weights follow their gradients.
  public var optimizer = OptimizerConfiguration()
  /// How the rate of learning changes.
  public var schedule = ScheduleConfiguration()
  /// Steps of the run.
  public var steps = 50_000
  /// Images of a step, of all machines together.
  public var batch = 40
  /// The seed of everything that is drawn.
  public var seed: UInt64 = 1
  /// The share of the moving statistics of batch normalisation that is kept at each step.
  public var statisticsDecay = 0.999
  /// The share of the weights' moving average that is kept at each step; 0 for no average.
  ///
  /// Where there is one, it is what is validated and written as a model.
  public var averageDecay = 0.0
  /// Steps between two checkpoints.
  public var checkpointSteps = 500
  /// Steps between two lines of metrics.
  public var metricsSteps = 20

  /// SqueezeSegV2 as its authors train it, without data; see the properties.
  public init() {}

  /// Checks the figures.
  ///
  /// - Parameter classCount: the classes of the label map.
  /// - Throws: `.invalidConfiguration`.
  public func validate(classCount: Int) throws(TrainingError) {
    guard task == .segmentation || validation.data.isEmpty && !network.field else {
      throw TrainingError(
        .invalidConfiguration,
        "\(task.rawValue) is validated by no classes, and refined by no field",
        remedy: "leave validation.data empty and network.field false")
    }
    try loss.validate(classCount: classCount)
    try optimizer.validate()
    try schedule.validate()
    try augmentation.validate()
    try network.validate()
    try rounding.validate()
    guard !rounding.isActive || !initialWeights.isEmpty else {
      throw TrainingError(
        .invalidConfiguration, "rounding has nothing to start from",
        remedy: "name a trained model of the same network by initialWeights")
    }
    guard steps > 0, batch > 0, checkpointSteps > 0, metricsSteps > 0, validation.steps > 0 else {
      throw TrainingError(
        .invalidConfiguration, "steps, batch, or an interval is not above 0",
        remedy: "give steps, batch, checkpointSteps, metricsSteps and validation.steps of 1 or more"
      )
    }
    guard (0..<1).contains(statisticsDecay), (0..<1).contains(averageDecay) else {
      throw TrainingError(
        .invalidConfiguration,
        "statisticsDecay \(statisticsDecay) or averageDecay \(averageDecay) is not within 0..<1",
        remedy: "use shares from 0 to below 1")
    }
    guard !data.isEmpty else {
      throw TrainingError(
        .invalidConfiguration, "there is nothing to learn from",
        remedy: "name scans or shards by --data, or in the recipe's data")
    }
    let columns = augmentation.cropColumns > 0 ? augmentation.cropColumns : image.columns
    let unit = network.granularity
    guard columns % unit.width == 0, image.columns % unit.width == 0,
      image.rows % unit.height == 0
    else {
      throw TrainingError(
        .invalidConfiguration,
        "the network divides rows by \(unit.height) and columns by \(unit.width), and "
          + "\(image.rows)x\(columns) do not divide",
        remedy: "use multiples of \(unit)")
    }
  }
}

/// What the best weights are chosen by.
public struct ValidationConfiguration: Codable, Equatable, Sendable {
  /// Scans that are not learned from; nothing is validated without.
  public var data: [DataConfiguration] = []
  /// At most so many images of them, kept in memory.
  public var images = 100
  /// Steps between two validations.
  public var steps = 500

  /// Nothing to validate by; see the properties.
  public init() {}
}
