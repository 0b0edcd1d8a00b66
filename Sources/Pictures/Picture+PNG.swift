import CPNG
public import Foundation

extension Picture {
  /// The picture as a PNG file of eight bits per channel.
  ///
  /// - Throws: `PicturesError` with `.tooLarge` where libpng refuses the size.
  public func pngData() throws(PicturesError) -> Data {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&image) }
    var length = 0
    var bytes: [UInt8] = []
    // The first pass asks for the length and writes nothing.
    let fits = pixels.withUnsafeBytes {
      png_image_write_to_memory(&image, nil, &length, 0, $0.baseAddress, 0, nil)
    }
    if fits != 0 {
      bytes = [UInt8](repeating: 0, count: length)
      let written = pixels.withUnsafeBytes {
        png_image_write_to_memory(&image, &bytes, &length, 0, $0.baseAddress, 0, nil)
      }
      if written != 0 { return Data(bytes.prefix(length)) }
    }
    throw PicturesError(
      .tooLarge, "libpng cannot write a picture of \(width) x \(height) pixels",
      remedy: "make a smaller picture")
  }
}
