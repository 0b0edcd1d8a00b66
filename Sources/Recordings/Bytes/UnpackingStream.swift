import CBzip2
import CLZ4
import CZstd

/// How a part of a file is compressed.
package enum Packing: String, CaseIterable, Sendable {
  /// As it is.
  case none
  /// Frames of LZ4.
  case lz4
  /// Frames of Zstandard.
  case zstd
  /// A stream of bzip2.
  case bzip2
}

/// A native decompressor at work.
final class UnpackingStream {
  /// What one call did.
  struct Step {
    var consumed: Int
    var produced: Int
    /// Whether a whole frame or stream is unpacked.
    var isAtEnd: Bool
  }

  private enum Native {
    case lz4(OpaquePointer)
    case zstd(OpaquePointer)
    case bzip2(UnsafeMutablePointer<bz_stream>)
  }

  private let native: Native

  /// A decompressor; nothing for `.none`, or where there is no memory for it.
  init?(_ packing: Packing) {
    switch packing {
    case .none: return nil
    case .lz4:
      var context: OpaquePointer?
      let status = LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
      guard LZ4F_isError(status) == 0, let context else { return nil }
      native = .lz4(context)
    case .zstd:
      guard let context = ZSTD_createDStream() else { return nil }
      native = .zstd(context)
    case .bzip2:
      // The library keeps the address.
      let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
      stream.initialize(to: bz_stream())
      guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
        stream.deallocate()
        return nil
      }
      native = .bzip2(stream)
    }
  }

  deinit {
    switch native {
    case .lz4(let context): LZ4F_freeDecompressionContext(context)
    case .zstd(let context): ZSTD_freeDStream(context)
    case .bzip2(let stream):
      BZ2_bzDecompressEnd(stream)
      stream.deallocate()
    }
  }

  /// Unpacks as much of the bytes as there is room for; nothing where they are damaged.
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step? {
    switch native {
    case .lz4(let context):
      var (produced, consumed) = (output.count, input.count)
      let status = LZ4F_decompress(
        context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
      guard LZ4F_isError(status) == 0 else { return nil }
      return Step(consumed: consumed, produced: produced, isAtEnd: status == 0)
    case .zstd(let context):
      var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
      var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
      let status = ZSTD_decompressStream(context, &target, &source)
      guard ZSTD_isError(status) == 0 else { return nil }
      return Step(consumed: source.pos, produced: target.pos, isAtEnd: status == 0)
    case .bzip2(let stream): return Self.step(stream, input, output)
    }
  }

  private static func step(
    _ stream: UnsafeMutablePointer<bz_stream>, _ input: UnsafeRawBufferPointer,
    _ output: UnsafeMutableRawBufferPointer
  ) -> Step? {
    let source = min(input.count, Int(Int32.max))
    let target = min(output.count, Int(Int32.max))
    // The library only reads from what it calls a pointer to change.
    stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
      .assumingMemoryBound(to: CChar.self)
    stream.pointee.avail_in = UInt32(source)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    stream.pointee.avail_out = UInt32(target)
    let status = BZ2_bzDecompress(stream)
    guard status == BZ_OK || status == BZ_STREAM_END else { return nil }
    return Step(
      consumed: source - Int(stream.pointee.avail_in),
      produced: target - Int(stream.pointee.avail_out), isAtEnd: status == BZ_STREAM_END)
  }
}
