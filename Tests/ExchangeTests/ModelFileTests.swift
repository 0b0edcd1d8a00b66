import Exchange
import Foundation
import Graphs
import Tensors
import TestSupport
import Testing

@Suite struct ModelFileTests {
  @Test func aModelIsReadBackAsItWasWritten() throws {
    let folder = try TemporaryFolder()
    let model = try TinyModel.make()
    let path = folder.path("tiny.safetensors")
    try ModelFile.write(model, to: path)
    let read = try ModelFile.read(path)
    #expect(read.parameters == model.parameters)
    #expect(read.description.graph == model.description.graph)
    #expect(read.description.input == model.description.input)
    #expect(read.description.geometry == model.description.geometry)
    #expect(read.description.labelMap == model.description.labelMap)
    #expect(read.description.card == model.description.card)
    #expect(try ModelFile.bytes(of: read) == ModelFile.bytes(of: model))
  }

  @Test func aModelCutAnywhereIsDamaged() throws {
    let bytes = try ModelFile.bytes(of: TinyModel.make())
    let step = max(1, bytes.count / 500)
    for count in stride(from: 0, to: bytes.count, by: step) {
      let error = #expect(throws: ExchangeError.self) {
        try ModelFile.read(bytes.prefix(count), path: "cut")
      }
      #expect(error?.code == .damaged && error?.path == "cut" && error?.offset != nil)
    }
  }

  @Test func aMissingModelAFolderAndADeviceAreUnreadable() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path("none.safetensors"), folder.url.path, "/dev/zero"] {
      let error = #expect(throws: ExchangeError.self) { try ModelFile.read(path) }
      #expect(error?.code == .unreadable && error?.path == path)
    }
  }

  @Test func bareTensorsAreNoModel() throws {
    let bytes = try SafetensorsFile(tensors: ["a": Tensor([1])]).bytes()
    let error = #expect(throws: ExchangeError.self) { try ModelFile.read(bytes, path: "f") }
    #expect(error?.code == .damaged && error?.remedy.contains("models import") == true)
  }

  @Test(arguments: [Float.nan, -.infinity])
  func aWeightThatIsNoNumberIsDamage(_ value: Float) throws {
    let model = try TinyModel.make()
    var weights = model.parameters
    weights["conv1/kernels"]?[3] = value
    let error = #expect(throws: ExchangeError.self) {
      try Model(model.description, parameters: weights)
    }
    #expect(error?.code == .damaged)
    #expect(error?.message == "element 3 of the weights conv1/kernels is \(value)")
  }

  @Test func weightsOfAnotherNetworkAreListed() throws {
    let model = try TinyModel.make()
    var weights = model.parameters
    weights["conv1/kernels"] = nil
    weights["fire2/strange"] = Tensor([1])
    weights["conv1/biases"] = Tensor([77])
    let error = #expect(throws: ExchangeError.self) {
      try Model(model.description, parameters: weights)
    }
    #expect(error?.code == .mismatched)
    for words in [
      "1 missing: conv1/kernels", "1 unexpected: fire2/strange", "conv1/biases (77 instead of 8)",
    ] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  /// Ways to spoil the description of a model, as text to replace.
  private static let spoilings: [(String, String)] = [
    (#""maxPooling""#, #""teleportation""#), (#""relu""#, #""rely""#),
    (#""kernel":{"height":3,"width":3}"#, #""kernel":{"height":0,"width":3}"#),
    (#""stride":{"height":1,"width":2}"#, #""stride":{"height":1,"width":0}"#),
    (#""stride":{"height":1,"width":2}"#, #""stride":{"height":-1,"width":2}"#),
    (#""shape":[1,16,64,5]"#, #""shape":[1,16,4611686018427387904,5]"#),
    (#""shape":[1,16,64,5]"#, #""shape":[1,16,-64,5]"#),
    (#""iterations":3"#, #""iterations":-3"#), (#""window":{"height":3"#, #""window":{"height":4"#),
    (#""mean":["#, #""mean":[0,"#), (#""deviation":[11.47"#, #""deviation":[0"#),
    (#""rows":16"#, #""rows":0"#), (#""left":45"#, #""left":9e9"#),
    (#""nodes":["#, #""nodes":[1,"#),
    (#""outputs":["#, #""outputs":[{"name":"y","value":"nowhere"},"#),
    (#""graph""#, #""grapf""#), (#""write":10"#, #""write":100000"#),
  ]

  @Test(arguments: spoilings)
  func aSpoiltDescriptionIsRefused(_ old: String, _ new: String) throws {
    var file = try SafetensorsFile(ModelFile.bytes(of: TinyModel.make()), path: "f")
    let text = try #require(file.metadata["lidarseg.model"])
    #expect(text.contains(old))
    let range = try #require(text.range(of: old))
    file.metadata["lidarseg.model"] = text.replacingCharacters(in: range, with: new)
    let bytes = try file.bytes()
    let error = #expect(throws: ExchangeError.self) { try ModelFile.read(bytes, path: "f") }
    #expect(error?.path == "f" && error?.code != .unreadable)
  }

  @Test func aNameThatIsNotBundledIsToldWithThoseThatAre() {
    let error = #expect(throws: ExchangeError.self) { try BundledModels.model(named: "nosuch") }
    #expect(error?.code == .unknown)
    #expect(BundledModels.names.allSatisfy { error?.remedy.contains($0) == true })
  }
}
