import Randomness

/// What a person wears: surfaces and cuts.
struct Outfit {
  /// Jacket, shirt or coat; trousers, tights or bare legs.
  let top: SurfaceIndex
  let legs: SurfaceIndex
  /// Below the knees: other than above them with shorts and skirts.
  let shins: SurfaceIndex
  let sleeves: SurfaceIndex
  let shoes: SurfaceIndex
  let skin: SurfaceIndex
  let hair: SurfaceIndex
  var cut: Cut
  var hairstyle: Hairstyle

  enum Cut {
    case trousers
    /// To the middle of the thighs or to the knees.
    case coat
    case skirt
  }

  enum Hairstyle {
    case short, long, hat, none
  }

  init(_ draft: inout ActorDraft, _ figure: Figure) {
    top = draft.cloth()
    let cloth = draft.cloth()
    skin = draft.matte(0.3...0.6)
    let roll = draft.random.uniform()
    cut =
      figure.isFemale && roll < 0.2 ? .skirt : roll < 0.38 && !figure.isChild ? .coat : .trousers
    let isShort = cut == .skirt || draft.random.chance(0.12)
    shins = isShort && draft.random.chance(0.6) ? skin : cloth
    legs = cloth
    sleeves = draft.random.chance(0.3) ? skin : top
    shoes = draft.matte(0.05...0.4)
    hair = draft.matte(0.08...0.45)
    hairstyle =
      draft.random.chance(0.12)
      ? .hat
      : figure.isFemale && draft.random.chance(0.7)
        ? .long : draft.random.chance(figure.isFemale || figure.isChild ? 0 : 0.12) ? .none : .short
  }
}
