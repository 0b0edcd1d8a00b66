/// What a file does besides computing scores of normalised features.
package struct ONNXOptions: Equatable, Sendable, Codable {
  /// Whether the probabilities of the classes are an output, too.
  package var softmax: Bool
  /// Whether the most probable class of each cell is an output, too.
  package var argmax: Bool
  /// Whether the input is what was measured, which the file normalises itself.
  package var normalisation: Bool

  /// Nothing but scores of features unless said otherwise.
  package init(softmax: Bool = false, argmax: Bool = false, normalisation: Bool = false) {
    self.softmax = softmax
    self.argmax = argmax
    self.normalisation = normalisation
  }
}
