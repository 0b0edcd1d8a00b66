import CPNG
import Foundation
import Pictures

/// What libpng reads from a PNG file.
struct DecodedPNG {
  var width = 0
  var height = 0
  var pixels: [RGB] = []

  /// Decodes a file; nothing where libpng finds fault with it.
  init?(_ data: Data) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    var channels: [UInt8] = []
    // libpng keeps the address of the bytes between its two calls.
    let isRead = data.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
        return false
      }
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
      channels = [UInt8](repeating: 0, count: 3 * Int(image.width) * Int(image.height))
      return png_image_finish_read(&image, nil, &channels, 0, nil) != 0
    }
    guard isRead else { return nil }
    (width, height) = (Int(image.width), Int(image.height))
    pixels = stride(from: 0, to: channels.count, by: 3).map {
      RGB(red: channels[$0], green: channels[$0 + 1], blue: channels[$0 + 2])
    }
  }
}
