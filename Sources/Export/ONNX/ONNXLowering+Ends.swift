import Exchange
import Graphs
import Tensors

/// What goes into a file and what comes out.
extension ONNXLowering {
  /// The input that holds what was measured.
  static let imageName = "image"
  /// Its channels, in metres, the strength from 0 to 1, and 1 where a cell holds a point.
  static let imageChannels: [InputDescription.Channel] = [
    .x, .y, .z, .intensity, .range, .mask,
  ]
  /// The output of probabilities.
  static let probabilitiesName = "probabilities"
  /// The output of the most probable classes.
  static let classesName = "classes"

  /// The names of inputs and outputs that no graph has.
  static let addedNames = [imageName, probabilitiesName, classesName]

  /// Lets every input of the graph be one of the file.
  ///
  /// - Throws: `.unsupported` where one is no float.
  mutating func declareInputs() throws(ExportError) {
    for value in graph.values where graph[value].source == .input {
      let (name, type) = (graph[value].name, graph[value].type)
      guard type.element == .float32 else {
        throw ExportError(
          .unsupported, "the input \(name) is \(type), and files take floats",
          remedy: "export a network whose inputs are floats")
      }
      declareInput(name, .float32, Self.fileShape(type.shape))
      names[value] = name
    }
  }

  /// Lets the file take an image as it was measured, of which it makes the graph's inputs as
  /// `FeatureImage` does.
  mutating func declareImage(_ description: InputDescription, rows: Int, columns: Int) {
    let image = Self.imageName
    declareInput(image, .float32, [1, Self.imageChannels.count, rows, columns])
    let mask = addSlice(of: image, axis: 1, first: Self.imageChannels.count - 1, count: 1)
    let isOccupied = add(.greater, [mask, add(0)])
    if let value = graph.value(named: "mask"), graph[value].source == .input {
      names[value] = add(
        .cast, [isOccupied], ["to": .int(ONNXGraph.ElementType.float32.rawValue)])
    }
    if let value = graph.value(named: "features") {
      names[value] = normalised(image, where: isOccupied, description)
    }
  }

  private mutating func normalised(
    _ image: String, where isOccupied: String, _ description: InputDescription
  ) -> String {
    let vector = { (numbers: [Float]) in
      (ONNXGraph.Constant.Elements.float32(numbers), [1, numbers.count, 1, 1])
    }
    let places = description.channels.compactMap(Self.imageChannels.firstIndex(of:))
    let scales = description.deviation.map { 1 / $0 }
    let (means, meansShape) = vector(description.mean)
    let (factors, factorsShape) = vector(scales)
    let (empty, emptyShape) = vector(
      description.channels.indices.map { index in
        let isZero = description.channels[index] == .mask || !description.normalizesEmptyCells
        return isZero ? 0 : -description.mean[index] * scales[index]
      })
    let chosen = add(.gather, [image, add(places)], ["axis": .int(1)])
    let centred = add(.sub, [chosen, add(means, meansShape)])
    let scaled = add(.mul, [centred, add(factors, factorsShape)])
    // Holds for no NaN either.
    let isFinite = add(
      .lessOrEqual, [add(.abs, [scaled]), add(Double(Float.greatestFiniteMagnitude))])
    let isKnown = add(.and, [isOccupied, isFinite])
    let limit = Double(FeatureImage.limit)
    let clipped = add(.clip, [scaled, add(-limit), add(limit)])
    return add(.where, [isKnown, clipped, add(empty, emptyShape)])
  }

  /// Lets every output of the graph be one of the file, in the order of the graph.
  mutating func declareOutputs() {
    for output in graph.outputs {
      let shape = graph[output.value].type.shape
      let name =
        names[output.value] ?? value(output.value, axes: Self.fileAxes(rank: shape.rank))
      declareOutput(output.name, of: name, .float32, Self.fileShape(shape))
    }
  }

  /// Lets what scores say be outputs, too.
  mutating func declareMeaning(of scores: String, shape: TensorShape, _ options: ONNXOptions) {
    let (rows, columns) = (shape[1], shape[2])
    if options.softmax {
      let probabilities = add(
        .softmax, [scores], ["axis": .int(1)], as: Self.probabilitiesName)
      declareOutput(
        Self.probabilitiesName, of: probabilities, .float32, Self.fileShape(shape))
    }
    if options.argmax {
      let classes = add(
        .argMax, [scores], ["axis": .int(1), "keepdims": .int(0)], as: Self.classesName)
      declareOutput(Self.classesName, of: classes, .int64, [shape[0], rows, columns])
    }
  }

  /// The axes of a value of the graph in the order of the file: images channels first.
  static func fileAxes(rank: Int) -> [Int] { rank == 4 ? [0, 3, 1, 2] : Array(0..<rank) }

  /// The extents of a value of the graph in the order of the file.
  static func fileShape(_ shape: TensorShape) -> [Int] {
    fileAxes(rank: shape.rank).map { shape[$0] }
  }
}
