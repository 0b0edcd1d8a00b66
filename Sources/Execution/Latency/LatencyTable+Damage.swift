import Foundation

extension LatencyTable {
  /// What is wrong with bytes that are no table, and where, in words.
  static func damage(_ error: DecodingError, in bytes: Data) -> String {
    switch error {
    case .typeMismatch(let type, let context):
      "\(place(context)) is no \(name(of: type))"
    case .valueNotFound(let type, let context):
      "\(place(context)) is null, and a \(name(of: type)) is wanted"
    case .keyNotFound(let key, let context):
      "\(place(context)) has no \"\(key.stringValue)\""
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? syntaxFault(of: bytes) : "\(place(context)) cannot have this value"
    @unknown default: "it is damaged"
    }
  }

  /// The keys that lead to a value; those of entries hold dots, so they are set apart by signs that none has.
  private static func place(_ context: DecodingError.Context) -> String {
    let keys = context.codingPath.map { "\"\($0.stringValue)\"" }
    return keys.isEmpty ? "the whole" : keys.joined(separator: " > ")
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is Int.Type: "whole number"
    case is Double.Type: "number"
    case is String.Type: "text"
    default: "object with keys"
    }
  }

  /// The decoder does not say where bytes stop being JSON; Foundation's other reader does.
  private static func syntaxFault(of bytes: Data) -> String {
    do {
      _ = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed)
      return "\"threads\" or a \"count\" is no whole number, or a number is too great"
    } catch let error as NSError {
      let words = error.userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
      if let place = words.firstMatch(of: /(?:character|column) (\d+)/)?.1 {
        return "it stops being JSON around byte \(place)"
      }
      return words.contains("end of file")
        ? "its JSON ends too early, after \(bytes.count) bytes" : "it is no JSON"
    }
  }
}
