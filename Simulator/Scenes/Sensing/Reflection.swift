import Randomness

/// What a surface does with a pulse that meets it.
enum Reflection {
  /// Some of it comes back.
  /// - energy: the reflectivity that decides whether the pulse is noticed.
  /// - brightness: the reflectivity that the sensor reports as intensity.
  /// - depth: metres behind the surface from which it comes.
  case returned(energy: Float, brightness: Float, depth: Float)
  /// It goes on to what is behind; so much of the energy is left when it has come back as well.
  case passed(transmission: Float)
  /// Nothing comes back.
  case lost
}

/// A pulse at a surface.
struct Encounter {
  var surface: Surface
  /// Cosine of the angle between pulse and surface normal, from 0 to 1.
  var cosine: Float
  /// Where they meet, in the world.
  var point: Vector
  /// The random numbers of this pulse at this surface.
  var noise: PulseNoise
}

/// The answers of materials, with the switches of a configuration.
///
/// Reflectivities and shares are tuned to histograms of recorded scans, not to optics.
struct Reflector {
  let physics: SensorPhysics
  let patches: PatchNoise

  func reflection(_ encounter: Encounter) -> Reflection {
    let surface = encounter.surface
    let cosine = physics.incidence ? encounter.cosine : 1
    let rho = surface.reflectivity
    switch surface.material {
    case .matte:
      let value = rho * (0.5 + 0.6 * cosine)
      return .returned(energy: value, brightness: value, depth: 0)
    case .paint: return paint(rho, cosine: cosine)
    case .glass: return glass(encounter, cosine: cosine)
    case .window: return window(encounter, cosine: cosine)
    case .retroreflector: return retroreflector(rho, cosine: encounter.cosine)
    case .leaf:
      let value = rho * (0.5 + 0.7 * cosine) * (0.4 + 0.6 * encounter.noise.uniform(.brightness))
      return .returned(energy: value, brightness: value, depth: 0)
    case .asphalt: return asphalt(encounter, cosine: cosine)
    case .grass: return grass(encounter, cosine: cosine)
    case .lattice:
      let passes = encounter.noise.uniform(.porosity) < surface.porosity
      let value = rho * (0.4 + 0.6 * cosine) * 0.6
      return passes
        ? .passed(transmission: 1) : .returned(energy: value, brightness: value, depth: 0)
    }
  }

  /// Pigment under gloss: the gloss answers only where it is seen head-on.
  private func paint(_ rho: Float, cosine: Float) -> Reflection {
    let gloss: Float = cosine > 0.97 ? 0.12 : 0
    let value = rho * (0.25 + 0.75 * cosine) + gloss
    // More than 1 would be a retro-reflector's answer.
    return .returned(energy: value, brightness: min(value, 1), depth: 0)
  }

  private func glass(_ encounter: Encounter, cosine: Float) -> Reflection {
    let rho = encounter.surface.reflectivity
    guard physics.glass else {
      return .returned(energy: rho, brightness: rho, depth: 0)
    }
    // Dust and curvature change over decimetres: neighbouring pulses share their fate.
    let isOwn = encounter.noise.uniform(.ownFate) < 0.12
    let fate =
      isOwn
      ? encounter.noise.uniform(.glass) : patches.cell(encounter.point, size: 0.4)
    if fate < 0.13 + 0.1 * cosine {
      let value = rho * (0.6 + encounter.noise.uniform(.brightness))
      return .returned(energy: value, brightness: value, depth: 0)
    }
    return fate > 0.7 ? .lost : .passed(transmission: 0.4)
  }

  private func window(_ encounter: Encounter, cosine: Float) -> Reflection {
    let rho = encounter.surface.reflectivity
    if physics.glass {
      let isOwn = encounter.noise.uniform(.ownFate) < 0.25
      let fate =
        isOwn
        ? encounter.noise.uniform(.glass) : patches.cell(encounter.point, size: 0.8)
      if fate < 0.45 { return .lost }
    }
    let value = rho * (0.4 + 0.6 * cosine)
    return .returned(energy: value, brightness: value, depth: 0)
  }

  private func retroreflector(_ rho: Float, cosine: Float) -> Reflection {
    guard physics.retroreflection else {
      return .returned(energy: rho, brightness: rho, depth: 0)
    }
    let value = cosine > 0.25 ? 3 * rho : 0.2
    return .returned(energy: value, brightness: value, depth: 0)
  }

  private func asphalt(_ encounter: Encounter, cosine: Float) -> Reflection {
    let patch = 1 + 0.09 * patches.smooth(encounter.point, size: 1.2)
    let rho = encounter.surface.reflectivity * max(0.3, patch)
    return .returned(
      energy: rho * (0.35 + 0.65 * cosine), brightness: rho * (0.55 + 0.45 * cosine), depth: 0)
  }

  private func grass(_ encounter: Encounter, cosine: Float) -> Reflection {
    let rho = encounter.surface.reflectivity
    let brightness = rho * (0.6 + 0.4 * cosine) * (0.6 + 0.6 * encounter.noise.uniform(.brightness))
    // Blades stand a few centimetres above and below the ground; a flat ray sees that as range.
    let height = 0.012 * encounter.noise.normal(.depth)
    return .returned(
      energy: rho * (0.35 + 0.65 * cosine), brightness: brightness,
      depth: physics.rangeNoise > 0 ? height / max(0.1, encounter.cosine) : 0)
  }
}
