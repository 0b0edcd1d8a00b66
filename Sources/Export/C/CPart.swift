import CBundledFiles

/// A piece of C that a program contains if it needs it; pieces stand in the order of these cases.
///
/// Each is a file in `Parts`.
enum CPart: String, CaseIterable {
  case base
  case numbers
  case vectors
  case exponential
  case activation
  case activationSigmoid = "activation_sigmoid"
  case finish
  case product
  case multiplyF32 = "multiply_f32"
  case multiplyS8 = "multiply_s8"
  case window
  case cell
  case gather
  case convolveF32 = "convolve_f32"
  case convolveU8 = "convolve_u8"
  case raiseF32 = "raise_f32"
  case raiseU8 = "raise_u8"
  case poolMaxF32 = "pool_max_f32"
  case poolMaxU8 = "pool_max_u8"
  case poolMeanF32 = "pool_mean_f32"
  case convolveChannels = "convolve_channels"
  case aggregation
  case columnF32 = "column_f32"
  case columnU8 = "column_u8"
  case aggregateF32 = "aggregate_f32"
  case aggregateU8 = "aggregate_u8"
  case copyF32 = "copy_f32"
  case copyU8 = "copy_u8"
  case convert
  case reshapeF32 = "reshape_f32"
  case activateF32 = "activate_f32"
  case affineF32 = "affine_f32"
  case scaleF32 = "scale_f32"
  case combineF32 = "combine_f32"
  case sumPixelsF32 = "sum_pixels_f32"
  case sumChannelsF32 = "sum_channels_f32"
  case softmaxF32 = "softmax_f32"
  case shiftF32 = "shift_f32"
  case shuffleF32 = "shuffle_f32"
  case upsampleF32 = "upsample_f32"
  case sumNeighboursF32 = "sum_neighbours_f32"
  case nearness
  case sumNearF32 = "sum_near_f32"
  case refineF32 = "refine_f32"

  /// The pieces that this one is made of; which of the two activations is in a program is told apart
  /// from this.
  private var needs: [CPart] {
    switch self {
    case .base, .exponential, .numbers, .vectors, .window, .raiseF32, .raiseU8,
      .aggregation, .copyF32, .copyU8, .reshapeF32, .activateF32, .affineF32, .scaleF32,
      .combineF32, .sumPixelsF32, .sumChannelsF32, .upsampleF32, .shuffleF32:
      []
    case .activation: [.vectors]
    case .activationSigmoid: [.vectors, .exponential]
    case .softmaxF32: [.exponential]
    case .finish: [.numbers, .vectors]
    case .product: [.finish]
    case .multiplyF32, .multiplyS8: [.product]
    case .gather: [.window]
    case .convolveF32: [.gather, .multiplyF32]
    case .convolveU8: [.gather, .multiplyS8]
    case .cell: [.window]
    case .poolMaxF32: [.cell, .raiseF32]
    case .poolMaxU8: [.cell, .raiseU8]
    case .convolveChannels: [.cell, .finish]
    case .poolMeanF32, .shiftF32, .sumNeighboursF32: [.cell]
    case .columnF32: [.aggregation, .raiseF32]
    case .columnU8: [.aggregation, .raiseU8]
    case .aggregateF32: [.columnF32, .multiplyF32]
    case .aggregateU8: [.columnU8, .multiplyF32, .multiplyS8]
    case .convert: [.numbers]
    case .nearness: [.cell, .exponential]
    case .sumNearF32: [.nearness]
    case .refineF32: [.nearness, .softmaxF32]
    }
  }

  /// Whether this applies an activation.
  private var activates: Bool { self == .finish || self == .activateF32 }

  /// These pieces and what they are made of, in order.
  static func closure(of parts: Set<CPart>, hasSigmoid: Bool) -> [CPart] {
    var found: Set<CPart> = [.base]
    var waiting = Array(parts)
    while let part = waiting.popLast() {
      guard found.insert(part).inserted else { continue }
      waiting += part.needs
      if part.activates { waiting.append(hasSigmoid ? .activationSigmoid : .activation) }
    }
    return allCases.filter(found.contains)
  }

  /// The piece itself.
  var text: String {
    let wanted = "export/c/\(rawValue).c"
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      guard String(cString: file.name) == wanted else { continue }
      return String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }
    preconditionFailure("\(wanted) is not among the bundled files")
  }
}
