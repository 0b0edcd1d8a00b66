import Exchange
import Foundation
import Testing

struct SHA256Tests {
  /// The examples of FIPS 180-4, and the lengths around a block's end, by `sha256sum`.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestsAreThoseOfTheStandard(_ text: String, _ digest: String) {
    #expect(SHA256.hexadecimalDigest(of: Data(text.utf8)) == digest)
  }

  @Test func everyBundledModelHasItsRecordedDigest() throws {
    #expect(!BundledModels.names.isEmpty)
    for name in BundledModels.names {
      let digests = ModelCollection.bundled.digests(ofModelNamed: name)
      #expect(digests.recorded == digests.found && digests.found != nil, "\(name)")
    }
  }
}
