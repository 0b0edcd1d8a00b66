extension Operation.Kind {
  /// The cases that tests of this kind of operation walk.
  public var samples: [OperationSample] {
    switch self {
    case .convolution: Convolution.samples
    case .transposedConvolution: TransposedConvolution.samples
    case .maxPooling: MaxPooling.samples
    case .batchNormalization: BatchNormalization.samples
    case .affine: Affine.samples
    case .inverseDeviation: InverseDeviation.samples
    case .activation: Activation.samples
    case .combination: Combination.samples
    case .concatenation: Concatenation.samples
    case .channelSlice: ChannelSlice.samples
    case .softmax: Softmax.samples
    case .dropout: Dropout.samples
    case .recurrentCRF: RecurrentCRF.samples
    }
  }
}
