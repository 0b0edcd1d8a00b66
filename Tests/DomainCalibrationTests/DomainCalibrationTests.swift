import DomainCalibration
import Exchange
import Execution
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing
import Training

struct DomainCalibrationTests {
  private func calibrated(
    _ calibration: DomainCalibration, images: Int = 4
  ) throws -> (model: Model, shifts: [DomainCalibration.LayerShift]) {
    try calibration.calibrated(
      try CalibratedModel.model(), to: CalibratedModel.images(images), backend: .reference,
      threadCount: 2)
  }

  @Test func everyLayerGetsTheStatisticsThatTheLayersBeforeItMake() throws {
    let model = try calibrated(DomainCalibration()).model
    // With the target's statistics in every layer, the target's images give again what they were
    // calibrated to: calibration of the calibrated finds nothing to move.
    let images = CalibratedModel.images(4)
    let network = try model.description.graph.batched(4).optimizedForInference()
    let session = try Session(
      network, parameters: model.parameters, backend: .reference, threadCount: 1)
    let plain = try Session(
      try CalibratedModel.model().description.graph.batched(4).preparedForTraining(),
      parameters: try CalibratedModel.model().parameters, backend: .reference, threadCount: 1)
    for session in [session, plain] {
      session.withUnsafeInput("features") { memory in
        let features = FeatureImage(model.description.input, intensityScale: 1)
        let size = memory.count / images.count
        for (position, image) in images.enumerated() {
          features.fill(
            UnsafeMutableBufferPointer(
              rebasing: memory[position * size..<(position + 1) * size]),
            from: FeatureImage.Cells(
              x: image.x, y: image.y, z: image.z, intensity: image.intensity, range: image.range))
        }
      }
    }
    plain.withUnsafeInput("dropout_noise") { $0.update(repeating: 0) }
    session.compute()
    plain.compute()
    for (found, wanted) in zip(
      session.output("scores").elements, plain.output("scores").elements)
    {
      #expect(abs(found - wanted) < 2e-3 * max(1, abs(wanted)))
    }
  }

  @Test func aBlendOfNothingLeavesTheScoresAsTheyAre() throws {
    let model = try calibrated(DomainCalibration(blend: 0)).model
    let image = CalibratedModel.images(1)[0]
    let before = try ImageScorer(
      try CalibratedModel.model(), backend: .reference, threadCount: 1
    ).scores(of: image)
    let after = try ImageScorer(model, backend: .reference, threadCount: 1).scores(of: image)
    for (a, b) in zip(before.elements, after.elements) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func onlyTheNamedLayersChange() throws {
    let (model, shifts) = try calibrated(DomainCalibration(layers: ["conv1", "fire3"]))
    #expect(!shifts.isEmpty)
    #expect(shifts.allSatisfy { $0.layer.hasPrefix("conv1") || $0.layer.hasPrefix("fire3/") })
    let kinds = model.description.graph.nodes.compactMap { node -> Operation.Kind? in
      if case .operation(let operation, _) = node.source { operation.kind } else { nil }
    }
    #expect(kinds.count { $0 == .domainBatchNormalization } == shifts.count)
    #expect(kinds.contains(.batchNormalization))
  }

  @Test func aLayerThatThereIsNotIsNamedWithThoseThatThereAre() {
    let error = #expect(throws: TrainingError.self) {
      try calibrated(DomainCalibration(layers: ["fire99"]))
    }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.contains("fire99") == true && error?.remedy.contains("fire2") == true)
  }

  @Test func oneScanIsTooFew() {
    let error = #expect(throws: TrainingError.self) {
      try calibrated(DomainCalibration(), images: 1)
    }
    #expect(error?.code == .unsuitableData)
  }

  @Test func aCalibratedModelIsWrittenAndReadAsItIs() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.safetensors")
    let model = try calibrated(DomainCalibration(blend: 0.5)).model
    try ModelFile.write(model, to: path)
    #expect(try ModelFile.read(path).description.graph == model.description.graph)
  }
}
