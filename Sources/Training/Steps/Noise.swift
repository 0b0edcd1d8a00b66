public import Randomness

/// Uniform noise for dropout: a function of a key, the number of an image and a position in it.
public struct Noise: Sendable {
  private let key: RandomKey
  private let firstImage: Int

  /// Noise of a key for images from `firstImage` on.
  public init(key: RandomKey, firstImage: Int) {
    self.key = key
    self.firstImage = firstImage
  }

  /// Fills memory with numbers from 0 to below 1.
  ///
  /// - Parameters:
  ///   - memory: what to fill.
  ///   - image: the image, counted from the first.
  ///   - position: the position in the image at which the memory starts.
  func fill(_ memory: UnsafeMutableBufferPointer<Float>, image: Int, from position: Int) {
    let imageKey = key.key(.noise, firstImage + image)
    // Each 64 bits make two numbers; a pair that another thread's share cuts is drawn by both.
    for index in memory.indices {
      let place = UInt64(position + index)
      let bits = imageKey.bits(at: place >> 1)
      let half = place & 1 == 0 ? bits >> 40 : bits & 0xFF_FFFF
      memory[index] = Float(half) * 0x1p-24
    }
  }
}
