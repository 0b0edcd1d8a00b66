import Exchange
import Foundation
import TestSupport
import Testing

struct ModelCollectionTests {
  @Test func aFolderHasItsModelsAndTheirDigests() throws {
    let folder = try TemporaryFolder()
    let model = try BundledModels.model(named: "front-small")
    try ModelFile.write(model, to: folder.path("mine.safetensors"))
    let bytes = try Data(contentsOf: folder.url.appending(path: "mine.safetensors"))
    let digest = SHA256.hexadecimalDigest(of: bytes)
    _ = try folder.write("\(digest)  mine.safetensors\n".utf8, to: "SHA256SUMS")
    let collection = try ModelCollection(folder: folder.path(""))
    #expect(collection.names == ["mine"])
    #expect(try collection.model(named: "mine").parameters == model.parameters)
    let digests = collection.digests(ofModelNamed: "mine")
    #expect(digests.recorded == digest && digests.found == digest)
    #expect(throws: ExchangeError.self) { try collection.model(named: "other") }
  }

  @Test func aModelWithoutARecordHasNoDigestToAgreeWith() throws {
    let folder = try TemporaryFolder()
    try ModelFile.write(
      try BundledModels.model(named: "front-small"), to: folder.path("mine.safetensors"))
    let digests = try ModelCollection(folder: folder.path("")).digests(ofModelNamed: "mine")
    #expect(digests.recorded == nil && digests.found != nil)
  }

  @Test(arguments: ["", "nowhere"]) func aFolderWithoutModelsIsNamed(_ name: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: ExchangeError.self) {
      try ModelCollection(folder: folder.path(name))
    }
    #expect(error?.code == .unreadable && error?.path == folder.path(name))
  }
}
