import Foundation
import Pictures
import TestSupport
import Testing

@Suite struct PictureTests {
  @Test(arguments: [(1, 1), (1, 7), (13, 1), (31, 17)])
  func aPictureIsReadBackPixelByPixel(width: Int, height: Int) throws {
    var picture = Picture(width: width, height: height, filledWith: RGB(0x10_2030))
    var random = SystemRandomNumberGenerator()
    for y in 0..<height {
      for x in 0..<width { picture[x, y] = RGB(UInt32.random(in: 0...0xFF_FFFF, using: &random)) }
    }
    let decoded = try #require(DecodedPNG(try picture.pngData()))
    #expect(decoded.width == width)
    #expect(decoded.height == height)
    #expect(decoded.pixels == picture.pixels)
  }

  @Test func theFileStartsWithPNGsSignatureAndItsSize() throws {
    let data = try Picture(width: 300, height: 2, filledWith: RGB(0)).pngData()
    let expected: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
      0, 0, 1, 44, 0, 0, 0, 2, 8, 2,
    ]
    #expect(Array(data.prefix(expected.count)) == expected)
  }

  @Test func aFileIsReplacedWhole() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "picture.png")
    let picture = Picture(width: 4, height: 3, filledWith: RGB(0x20_4060))
    try picture.write(to: path)
    let decoded = try #require(DecodedPNG(try Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(decoded.pixels == picture.pixels)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    let path = try TemporaryFolder().path("absent/picture.png")
    let error = #expect(throws: PicturesError.self) {
      try Picture(width: 1, height: 1, filledWith: RGB(0)).write(to: path)
    }
    #expect(error?.code == .unwritable)
    #expect(error?.path == path)
  }
}
