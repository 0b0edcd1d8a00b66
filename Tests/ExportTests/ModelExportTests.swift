import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import Networks
import RangeImages
import Tensors
import TestSupport
import Testing

@testable import Export

/// Whole models as files and folders, without running them.
@Suite struct ModelExportTests {
  private func names(_ ports: [ONNXModel.Port]) -> [String] { ports.map(\.name) }

  @Test func aFileTakesWhatTheNetworkTakesAndGivesScores() throws {
    let file = try ONNXModel(TinyModel.make(), options: ONNXOptions(), version: "1")
    #expect(names(file.inputs) == ["features", "mask"] && names(file.outputs) == ["scores"])
    #expect(file.inputs.map(\.shape) == [[1, 5, 16, 64], [1, 1, 16, 64]])
    #expect(file.outputs.map(\.shape) == [[1, 4, 16, 64]])
    #expect(!file.network.isQuantized)
  }

  @Test func whatIsAskedForIsInTheFile() throws {
    let options = ONNXOptions(softmax: true, argmax: true, normalisation: true)
    let file = try ONNXModel(TinyModel.make(), options: options, version: "1")
    #expect(names(file.inputs) == ["image"] && file.inputs[0].shape == [1, 6, 16, 64])
    #expect(names(file.outputs) == ["scores", "probabilities", "classes"])
    #expect(file.outputs[2].shape == [1, 16, 64])
  }

  @Test func theSameModelGivesTheSameBytes() throws {
    let options = ONNXOptions(softmax: true, normalisation: true)
    let files = try (0..<2).map { _ in
      try ONNXModel(TinyModel.make(), options: options, version: "1").bytes
    }
    #expect(files[0] == files[1])
    #expect(
      try ONNXModel(TinyModel.make(seed: 2), options: options, version: "1").bytes != files[0])
  }

  @Test func aModelThatSaysNoClassesIsRefused() throws {
    var model = try TinyModel.make()
    model.description.rendering = .intensity
    let error = #expect(throws: ExportError.self) {
      try ONNXModel(model, options: ONNXOptions(), version: "1")
    }
    #expect(error?.code == .mismatched && error?.message.contains("tiny") == true)
  }

  @Test func aGraphThatIsNotItsModelsIsRefused() throws {
    var model = try TinyModel.make()
    model.description.geometry.columns = 32
    let error = #expect(throws: ExportError.self) {
      try ONNXModel(model, options: ONNXOptions(), version: "1")
    }
    #expect(error?.code == .mismatched && error?.message.contains("1x16x64x5") == true)
  }

  @Test func whatOnlyTrainingNeedsIsRefusedByName() throws {
    var model = try TinyModel.make()
    let own = model.description.graph
    let scores = own.outputs[0].value
    var graph = try own.exposing([own[scores].name])
    let met = try graph.apply(RankMean.elements.operation, to: [scores], name: "met")
    try graph.output("scores", met)
    model.description.graph = graph
    let error = #expect(throws: ExportError.self) {
      try ONNXModel(model, options: ONNXOptions(), version: "1")
    }
    #expect(error?.code == .unsupported && error?.message.contains("node met") == true)
    #expect(error?.message.contains("rankMean") == true)
  }

  @Test func aFolderSaysWhatEverythingIs() throws {
    let folder = try TemporaryFolder()
    let exported = try ONNXFolder(
      TinyModel.make(), options: ONNXOptions(), version: "1", threadCount: 1)
    try exported.write(to: folder.url)
    let manifest = try ExportManifest(folder: folder.url)
    #expect(manifest == exported.manifest && manifest.changes(in: folder.url).isEmpty)
    #expect(manifest.file == "tiny.onnx" && manifest.classes.count == 4)
    #expect(manifest.channels.map(\.name) == [.x, .y, .z, .intensity, .range])
    #expect(manifest.inputs.map(\.golden) == ["golden-input.npy", "golden-mask.npy"])
    #expect(manifest.tolerance == 1e-4 && manifest.operatorSet == 13)
    let written = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(written.sorted() == (manifest.files.map(\.name) + ["export.json"]).sorted())
  }

  @Test func aModelOnBytesMayDifferByAShareOfItsScores() throws {
    var model = try TinyModel.make()
    let graph = try model.description.graph.optimizedForInference()
    let session = try Session(
      graph, parameters: model.parameters, backend: .reference, threadCount: 1)
    for node in graph.inputs {
      session.withUnsafeInput(node.name) { memory in
        for position in memory.indices { memory[position] = Float(position * 7919 % 2001) / 1000 }
      }
    }
    var ranges = ActivationRanges()
    ranges.add(runOf: session)
    model.description.graph = try graph.quantized(ranges.byNode)
    let exported = try ONNXFolder(model, options: ONNXOptions(), version: "1", threadCount: 1)
    #expect(exported.manifest.isQuantized && exported.manifest.tolerance > 1e-3)
  }

  @Test(arguments: ["tiny.onnx", "verify.py", "golden-input.npy", "golden-scores.npy"])
  func aFileThatHasChangedIsNamed(_ name: String) throws {
    let folder = try TemporaryFolder()
    let exported = try ONNXFolder(
      TinyModel.make(), options: ONNXOptions(), version: "1", threadCount: 1)
    try exported.write(to: folder.url)
    let url = folder.url.appending(path: name)
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: url)
    #expect(
      exported.manifest.changes(in: folder.url) == ["\(name) has changed since it was exported"])
    try FileManager.default.removeItem(at: url)
    #expect(exported.manifest.changes(in: folder.url) == ["\(name) is missing"])
  }

  @Test func aManifestCannotLeadOutOfItsFolder() throws {
    let folder = try TemporaryFolder()
    let exported = try ONNXFolder(
      TinyModel.make(), options: ONNXOptions(), version: "1", threadCount: 1)
    var manifest = exported.manifest
    manifest.file = "../tiny.onnx"
    manifest.files[0].name = manifest.file
    _ = try folder.write(JSONEncoder().encode(manifest), to: ExportManifest.fileName)
    let error = #expect(throws: ExportError.self) { try ExportManifest(folder: folder.url) }
    #expect(error?.code == .damaged)
  }

  @Test(arguments: [("front-small", "front-small"), ("../a b/ü", "---a-b--"), ("", "model")])
  func aModelsNameBecomesThatOfAFile(_ name: String, _ file: String) {
    #expect(ONNXFolder.fileName(of: name) == file)
  }
}
