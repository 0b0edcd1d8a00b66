#if Viewer
/// What a browser on another machine must know to be answered.
package struct AccessToken: Equatable, Sendable {
  /// 32 hexadecimal digits.
  package let text: String

  /// A token that nobody can guess: 128 bits of the system's.
  package static func random() -> Self {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<32).map { _ in
      String(UInt8.random(in: 0..<16, using: &generator), radix: 16)
    }
    return Self(text: digits.joined())
  }

  /// Whether it is the one that was given; takes as long wherever they differ.
  func matches(_ given: String?) -> Bool {
    guard let given, given.utf8.count == text.utf8.count else { return false }
    return zip(given.utf8, text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
#endif
