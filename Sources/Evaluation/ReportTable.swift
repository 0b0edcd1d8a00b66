/// A table of a report, which is printed as text or as HTML.
struct ReportTable {
  /// What it tells, in a few words.
  var title: String
  /// The rows, the head first; the first column is of names.
  var rows: [[String]]

  /// Percent with two decimals; a dash for what is not defined.
  static func share(_ value: Double??) -> String {
    guard let value = value ?? nil else { return "-" }
    let hundredths = Int((abs(value) * 10_000).rounded())
    let decimals = hundredths % 100
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }

  /// The share of a whole; a dash for one of nothing.
  static func share(_ part: UInt64, of whole: UInt64) -> String {
    share(whole == 0 ? nil : Double(part) / Double(whole))
  }

  /// Both ends of an interval.
  static func interval(_ ends: [Double]??) -> String {
    guard let ends = ends ?? nil else { return "-" }
    return ends.map { share($0) }.joined(separator: " to ")
  }

  /// A range in metres.
  static func range(from: Double, to: Double?) -> String {
    "\(Int(from))\(to.map { "-\(Int($0)) m" } ?? " m and more")"
  }
}
