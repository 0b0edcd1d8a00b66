/// What stands about on streets and looks a little like a car or a person to a sensor.
enum Furniture: CaseIterable, Sendable {
  case bin, wheeledBin, bench, bollards, cabinet, advertisingColumn, poster, skip, planter
  case bicycleRack, boxes, marketStand, scaffold, shelter, shed, parcelLocker, cafeTable, stones
  case barrier, hydrant, sacks

  /// Length and width of the ground it takes, in metres.
  var size: SIMD2<Float> {
    switch self {
    case .bin: SIMD2(0.5, 0.5)
    case .wheeledBin: SIMD2(1.8, 0.8)
    case .bench: SIMD2(1.9, 0.7)
    case .bollards: SIMD2(6, 0.25)
    case .cabinet: SIMD2(1.3, 0.45)
    case .advertisingColumn: SIMD2(1.3, 1.3)
    case .poster: SIMD2(1.4, 0.25)
    case .skip: SIMD2(4, 1.8)
    case .planter: SIMD2(1.6, 0.8)
    case .bicycleRack: SIMD2(4.2, 2)
    case .boxes: SIMD2(1.6, 1.1)
    case .marketStand: SIMD2(3, 2)
    case .scaffold: SIMD2(7, 1)
    case .shelter: SIMD2(4, 1.6)
    case .shed: SIMD2(2.6, 2.2)
    case .parcelLocker: SIMD2(2.2, 0.7)
    case .cafeTable: SIMD2(2.2, 1)
    case .stones: SIMD2(2.4, 1)
    case .barrier: SIMD2(2.2, 0.6)
    case .hydrant: SIMD2(0.3, 0.3)
    case .sacks: SIMD2(1.4, 0.9)
    }
  }

  /// Where it stands across a street.
  enum Site: Sendable {
    /// On the pavement beside the kerb.
    case kerb
    /// On the pavement beside the houses.
    case front
    /// In a garden or on the land behind.
    case land
  }

  /// Where it may stand.
  var sites: [Site] {
    switch self {
    case .bin, .bollards, .planter: [.kerb, .front]
    case .wheeledBin, .sacks, .stones: [.kerb, .front, .land]
    case .bench: [.front, .kerb, .land]
    case .cabinet, .advertisingColumn, .poster, .hydrant: [.kerb, .front]
    case .skip: [.land, .front]
    case .bicycleRack: [.front, .land]
    case .boxes: [.front, .land]
    case .marketStand, .cafeTable, .parcelLocker: [.front]
    case .scaffold: [.front]
    case .shelter: [.front]
    case .shed: [.land]
    case .barrier: [.kerb]
    }
  }

  /// How often it comes compared with others.
  func weight(_ style: StreetStyle) -> Float {
    let isCity = style == .city
    switch self {
    case .bin, .bench, .bollards, .cabinet: return 2
    case .wheeledBin: return style == .residential ? 4 : 1
    case .advertisingColumn, .marketStand, .cafeTable: return isCity ? 1.2 : 0.1
    case .bicycleRack: return isCity || style == .campus ? 2.5 : 0.3
    case .shed: return style == .residential ? 1.5 : 0.3
    case .scaffold, .shelter, .parcelLocker: return 0.5
    case .poster, .planter, .boxes, .stones, .sacks: return 1
    case .skip, .barrier, .hydrant: return 0.7
    }
  }
}

extension Furniture {
  /// SemanticKITTI's raw id of it.
  var semantic: UInt16 {
    switch self {
    case .marketStand, .scaffold, .shelter, .shed: RawClass.otherStructure
    case .bollards: RawClass.pole
    default: RawClass.otherObject
    }
  }

  /// Whether it is as large as a car or larger.
  var isLarge: Bool {
    switch self {
    case .skip, .bicycleRack, .marketStand, .scaffold, .shelter, .shed: true
    default: false
    }
  }
}
