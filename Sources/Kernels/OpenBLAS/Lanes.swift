/// Eight values that are computed together: two registers of the oldest x86-64.
typealias Lanes = SIMD8<Float>

/// Memory that kernels read and write.
typealias Floats = UnsafeMutablePointer<Float>

/// Where a run of adjacent elements is worked on, and how many at once.
struct Slot {
  /// The first element.
  let start: Int
  /// 8, 4 or 1; the other lanes hold zeros.
  let width: Int

  /// The values of the slot in some memory.
  @inline(__always)
  subscript(_ memory: Floats) -> Lanes {
    get {
      let address = UnsafeRawPointer(memory + start)
      switch width {
      case 8: return address.loadUnaligned(as: Lanes.self)
      case 4: return Lanes(lowHalf: address.loadUnaligned(as: SIMD4<Float>.self), highHalf: .zero)
      default: return Lanes(lowHalf: SIMD4(memory[start], 0, 0, 0), highHalf: .zero)
      }
    }
    nonmutating set {
      let address = UnsafeMutableRawPointer(memory + start)
      switch width {
      case 8: address.storeBytes(of: newValue, as: Lanes.self)
      case 4: address.storeBytes(of: newValue.lowHalf, as: SIMD4<Float>.self)
      default: memory[start] = newValue[0]
      }
    }
  }
}

/// Computes `count` adjacent elements of a result, slot by slot.
///
/// Explicit lanes rather than loops for the compiler to vectorise: those check on every entry
/// whether their pointers overlap, which costs more than the few channels of a pixel.
@inline(__always)
func fill(_ count: Int, _ result: Floats, _ value: (Slot) -> Lanes) {
  forEachSlot(count) { $0[result] = value($0) }
}

/// Walks `count` adjacent elements slot by slot.
@inline(__always)
func forEachSlot(_ count: Int, _ body: (Slot) -> Void) {
  var start = 0
  while start + 8 <= count {
    body(Slot(start: start, width: 8))
    start += 8
  }
  if start + 4 <= count {
    body(Slot(start: start, width: 4))
    start += 4
  }
  while start < count {
    body(Slot(start: start, width: 1))
    start += 1
  }
}

extension SIMD8<Float> {
  /// The greater of each pair.
  @inline(__always)
  func maximum(_ other: Lanes) -> Lanes { replacing(with: other, where: other .> self) }

  /// max(x, 0); NaN stays NaN.
  @inline(__always)
  var rectified: Lanes { replacing(with: 0, where: self .< 0) }

  /// 1 / (1 + exp(-x)).
  @inline(__always)
  var sigmoid: Lanes { 1 / (1 + (-self).exponential) }

  /// The exponential function within 2e-7 of the true value, relatively; 0 below -87.3 and 2.4e38
  /// above 88.4; NaN stays NaN.
  ///
  /// x = n ln 2 + r with |r| <= ln 2 / 2; exp(r) by the polynomial of Cephes' `expf`; 2^n by adding
  /// n to the exponent's bits. Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits,
  /// where a conversion would not vectorise. ln 2 comes in two parts, the first short enough for
  /// exact products.
  @inline(__always)
  var exponential: Lanes {
    var x = replacing(with: -87.33, where: self .< -87.33)
    x = x.replacing(with: 88.37, where: x .> 88.37)
    let rounder: Float = 12_582_912
    let shifted = x * 1.442_695_04 + rounder
    let n = shifted - rounder
    let r = x - n * 0.693_359_375 - n * -2.121_944_4e-4
    var p = r * 1.987_569_15e-4 + 1.398_199_950_7e-3
    p = p * r + 8.333_451_907_3e-3
    p = p * r + 4.166_579_589_4e-2
    p = p * r + 1.666_666_545_9e-1
    p = p * r + 5.000_000_120_1e-1
    p = p * r * r + r + 1
    let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
    let power = unsafeBitCast(
      exponent &+ unsafeBitCast(p, to: SIMD8<Int32>.self), to: Lanes.self)
    return power.replacing(with: 0, where: self .< -87.33)
  }
}
