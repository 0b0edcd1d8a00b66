package import Foundation

/// What is wrong with a JSON text, and where, in words: for errors that people read.
package struct JSONFault: Error, CustomStringConvertible {
  /// One clause.
  package let description: String

  init(_ error: DecodingError, in bytes: Data) {
    description = Self.words(error, in: bytes)
  }

  private static func words(_ error: DecodingError, in bytes: Data) -> String {
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

  /// The keys that lead to a value; some hold dots, so they are set apart by signs that none has.
  private static func place(_ context: DecodingError.Context) -> String {
    let keys = context.codingPath.map { "\"\($0.stringValue)\"" }
    return keys.isEmpty ? "the whole" : keys.joined(separator: " > ")
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is Int.Type: "whole number"
    case is Double.Type, is Float.Type: "number"
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is [Any].Type: "list"
    default: "object with keys"
    }
  }

  /// The decoder does not say where bytes stop being JSON; Foundation's other reader does.
  private static func syntaxFault(of bytes: Data) -> String {
    do {
      _ = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed)
      return "a number is no whole number where one is wanted, or is too great"
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

/// Reading JSON texts that come from outside.
package enum JSONText {
  /// The value that a text describes.
  ///
  /// - Parameters:
  ///   - type: of the value.
  ///   - bytes: the text, in UTF-8.
  /// - Returns: the value.
  /// - Throws: `JSONFault`; what the type's own checks throw besides.
  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data) throws -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: bytes)
    } catch let error as DecodingError {
      throw JSONFault(error, in: bytes)
    }
  }
}
