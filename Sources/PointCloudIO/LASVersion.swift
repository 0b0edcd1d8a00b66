/// A version of LAS that is written, with the point format that goes with it.
package enum LASVersion: String, CaseIterable, Sendable {
  /// LAS 1.2 with point format 1, which old programs read: 32 classes, 7 returns.
  case v12 = "1.2"
  /// LAS 1.4 with point format 6: 256 classes, 15 returns.
  case v14 = "1.4"

  var minor: UInt8 { self == .v12 ? 2 : 4 }
  var pointFormat: UInt8 { self == .v12 ? 1 : 6 }
  var pointSize: Int { self == .v12 ? 28 : 30 }
  var mostReturns: Int { self == .v12 ? 7 : 15 }
  var greatestClass: UInt16 { self == .v12 ? 31 : 255 }
  /// From version 1.4 on coordinate systems are in well-known text, which this bit says.
  var globalEncoding: UInt16 { self == .v12 ? 0 : 1 << 4 }
}
