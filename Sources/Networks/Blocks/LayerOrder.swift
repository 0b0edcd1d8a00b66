/// What follows a convolution's bias, in which order.
public enum LayerOrder: String, Sendable, Codable, CaseIterable {
  /// ReLU, then batch normalisation: the order of SqueezeSegV2's authors
  /// (xuanyuzhou98/SqueezeSegV2, `_conv_bn_layer`).
  case activationThenNormalization
  /// Batch normalisation, then ReLU: the order that folds into the weights.
  case normalizationThenActivation
}
