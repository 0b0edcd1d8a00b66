import ArgumentParser
import Graphs
import Networks

/// The network that `bench inference` times where no model is named.
struct PeerNetworkOptions: ParsableArguments {
  /// Networks that other engines run for comparison, too.
  enum Network: String, CaseIterable, ExpressibleByArgument {
    case squeezeSegV2 = "squeezesegv2"
    /// With its recurrent CRF.
    case squeezeSeg = "squeezeseg"
  }

  /// Where SqueezeSegV2's batch normalisation stands.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    /// Before the activation: it folds into the convolution's weights.
    case foldable
    /// Behind the activation.
    case authors
  }

  @Option(help: "The network: squeezesegv2 without a CRF, or squeezeseg with it.")
  var network = Network.squeezeSegV2

  @Option(help: "Columns of the network's image; they divide by 16.")
  var width = 512

  @Option(help: "What the network's inner channels are multiplied with.")
  var scale = 1.0

  @Option(help: "Where SqueezeSegV2 normalises: foldable (before the activation) or authors.")
  var order = Order.foldable

  func validate() throws {
    guard width > 0, width % 16 == 0, width <= 16_384 else {
      throw ValidationError("--width \(width) is no multiple of 16 up to 16384")
    }
    guard scale >= 0.25, scale <= 8 else {
      throw ValidationError("--scale \(scale) is not in 0.25...8")
    }
  }

  /// The network these options name.
  var configuration: SqueezeSegConfiguration {
    var configuration =
      switch network {
      case .squeezeSegV2: Self.foldableSqueezeSegV2
      case .squeezeSeg: SqueezeSegConfiguration.squeezeSeg
      }
    if network == .squeezeSegV2, order == .authors {
      configuration.order = .activationThenNormalization
    }
    configuration.size = Extent(64, width)
    return configuration.scaled(by: scale)
  }

  /// SqueezeSegV2 as engines compare it: normalisation before the activation, no random field.
  static let foldableSqueezeSegV2: SqueezeSegConfiguration = {
    var configuration = SqueezeSegConfiguration.squeezeSegV2
    configuration.order = .normalizationThenActivation
    configuration.field = nil
    return configuration
  }()
}
