/// What images inside a network are stored as while it runs.
public enum Precision: String, Codable, CaseIterable, Sendable {
  /// 32 bits a number.
  case float32
  /// Bytes, with weights rounded to 127 steps to either side.
  case int8
}
