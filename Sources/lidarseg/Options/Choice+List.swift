import ArgumentParser

extension ExpressibleByArgument {
  /// All choices in a row, for help texts.
  static var list: String { allValueStrings.joined(separator: ", ") }
}
