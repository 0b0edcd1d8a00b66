/// A division of rows or pixels into parts of nearly the same size.
struct Bands {
  let total: Int
  let count: Int

  /// Parts of about `size`, a multiple of `threads` of them where there is enough to share.
  init(of total: Int, size: Int, threads: Int) {
    self.total = total
    let wanted = max(1, (total + size / 2) / max(1, size))
    count = max(1, min(total, (wanted + threads - 1) / threads * threads))
  }

  /// The size of the largest part.
  var largest: Int { (total + count - 1) / count }

  subscript(band: Int) -> Range<Int> { total * band / count..<total * (band + 1) / count }
}
