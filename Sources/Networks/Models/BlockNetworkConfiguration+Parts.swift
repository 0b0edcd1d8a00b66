extension BlockNetworkConfiguration {
  /// The parts whose widths decide what a node of a network of this space computes.
  ///
  /// - Parameter node: its name, as `BlockNetwork.graph(_:choosing:)` calls it.
  /// - Returns: one part, or the two between which it stands.
  public func partsDeciding(node: String) -> [Part] {
    let owner = String(node.prefix { $0 != "_" && $0 != "/" })
    let isInPlace = node.dropFirst(owner.count + 1).first?.isNumber == true
    if let number = Self.number(in: owner, after: "stage"), stages.indices.contains(number - 1) {
      let part = Part.stage(number - 1)
      return isInPlace ? [part] : [before(number - 1), part]
    }
    if let number = Self.number(in: owner, after: "decoder"),
      stages.indices.contains(stages.count - number)
    {
      let (from, to) = (Part.stage(stages.count - number), before(stages.count - number))
      // What stands there goes with the stage it comes back from.
      let isKept = !self[from].candidates.contains(0)
      return isInPlace && isKept ? [to] : [to, from]
    }
    switch owner {
    case "stem": return [.stem]
    case "head" where node.hasPrefix("head_enlarge") || node.hasPrefix("head_fuse"):
      return [.stem, .head]
    default: return [.head]
    }
  }

  /// The part from which a stage, counted from 0, takes its image.
  private func before(_ stage: Int) -> Part { stage == 0 ? .stem : .stage(stage - 1) }

  private static func number(in owner: String, after prefix: String) -> Int? {
    owner.hasPrefix(prefix) ? Int(owner.dropFirst(prefix.count)) : nil
  }

  /// The widths that decide whether parts are there: those of their stages and of all before them that can be
  /// left out.
  public func widthsDeciding(_ parts: [Part]) -> [Part] {
    let deepest = parts.compactMap { part -> Int? in
      if case .stage(let index) = part { index } else { nil }
    }.max()
    return partsToChoose.filter { part in
      guard case .stage(let index) = part, let deepest else { return parts.contains(part) }
      return parts.contains(part)
        || (index < deepest && self[part].candidates.contains(0))
    }
  }
}
