/// The LZF stream of a compressed PCD body, followed without being unpacked.
///
/// PCL makes room for whatever size the file claims before it unpacks, so the claim is held to the
/// stream first. The stream (liblzf): a byte below 32 is followed by that many bytes and one more as
/// they are; any other starts a copy of `byte >> 5` + 2 earlier bytes (7 means that a byte with more
/// of the length follows), from 13 bits of distance plus one.
enum CompressedBody {
  /// What is wrong at which byte of the stream, or nothing where it unpacks to exactly `size` bytes.
  static func problem(
    of stream: UnsafeRawBufferPointer, unpackingTo size: Int
  ) -> (message: String, offset: Int)? {
    var next = 0
    var unpacked = 0
    while next < stream.count {
      let start = next
      let control = Int(stream[next])
      next += 1
      if control < 32 {
        next += control + 1
        unpacked += control + 1
        if next > stream.count { return ("the packed data breaks off", start) }
      } else {
        var length = control >> 5
        if length == 7 {
          guard next < stream.count else { return ("the packed data breaks off", start) }
          length += Int(stream[next])
          next += 1
        }
        guard next < stream.count else { return ("the packed data breaks off", start) }
        let distance = (control & 31) << 8 + Int(stream[next]) + 1
        next += 1
        guard distance <= unpacked else {
          return ("the packed data points before its start", start)
        }
        unpacked += length + 2
      }
      if unpacked > size { return ("the packed data is more than \(size) bytes", start) }
    }
    if unpacked == size { return nil }
    return ("the packed data is \(unpacked) of \(size) bytes", stream.count)
  }
}
