import Randomness

extension StreetBuilder {
  /// Builds a building: its front along x from the place's origin, the rest to the left.
  mutating func add(_ building: Building, at ground: Placement, _ random: inout RandomStream) {
    let wall = surface(.matte, 0.2...0.65, RawClass.building, &random)
    let tiles = surface(.matte, 0.12...0.4, RawClass.building, &random)
    let door = surface(.matte, 0.08...0.6, RawClass.building, &random)
    let place = ground.moved(0, 0, building.plinth)
    let detail = detail(at: ground.point(building.size.x / 2, 0, 0))
    let (length, depth) = (building.size.x, building.size.y)
    let corners = [
      (place, length), (place.moved(length, 0).turned(.pi / 2), depth),
      (place.moved(length, depth).turned(.pi), length),
      (place.moved(0, depth).turned(-.pi / 2), depth),
    ]
    for (index, (corner, extent)) in corners.enumerated() {
      var facade = Facade(length: extent, height: -3...building.eaves - building.plinth)
      if index == 0 {
        facade.storeys = frontOpenings(of: building, door: door, detail, &random)
      } else if detail > 0.3, index != 2 {
        facade.storeys = sideOpenings(of: building, extent: extent, detail, &random)
      }
      mesh.addFacade(facade, at: corner, wall: wall)
    }
    mesh.addRoof(
      building.roof, size: building.size, eaves: building.eaves, rise: building.roofRise,
      at: ground, tiles: tiles, wall: wall)
    if building.hasProjections, detail > 0.35 {
      addProjections(of: building, at: place, wall: wall, &random)
    }
  }

  /// Windows in rows, a door, or a row of shop windows below.
  private func frontOpenings(
    of building: Building, door: SurfaceIndex, _ detail: Float, _ random: inout RandomStream
  ) -> [[Facade.Opening]] {
    let count = max(1, Int((building.size.x - 0.6) / building.baySpacing))
    let margin = (building.size.x - Float(count) * building.baySpacing) / 2
    let doorBay = random.integer(0...count - 1)
    let sill = random.uniform(0.7...1.1)
    let head = random.uniform(2.05...2.4)
    var storeys: [[Facade.Opening]] = []
    for storey in 0..<building.storeys where storey == 0 || detail > 0.3 {
      let floor = Float(storey) * building.storeyHeight
      var openings: [Facade.Opening] = []
      for bay in 0..<count {
        let middle = margin + (Float(bay) + 0.5) * building.baySpacing
        let isShop = storey == 0 && building.hasShop
        let half = isShop ? building.baySpacing * 0.42 : building.windowWidth / 2
        var opening = Facade.Opening(
          x: middle - half...middle + half, z: floor + (isShop ? 0.3 : sill)...floor + head,
          recess: building.recess, pane: palette.window, hasReveal: storey == 0 && detail > 0.45)
        if storey == 0, bay == doorBay {
          opening.z = 0...2.1
          opening.x = middle - 0.55...middle + 0.55
          opening.recess += 0.1
          opening.pane = door
        }
        openings.append(opening)
      }
      storeys.append(openings)
    }
    return storeys
  }

  /// A few windows.
  private func sideOpenings(
    of building: Building, extent: Float, _ detail: Float, _ random: inout RandomStream
  ) -> [[Facade.Opening]] {
    let count = Int(extent / 4)
    let half = building.windowWidth / 2
    var storeys: [[Facade.Opening]] = []
    for storey in 0..<min(building.storeys, detail > 0.5 ? 3 : 1) {
      let floor = Float(storey) * building.storeyHeight
      var openings: [Facade.Opening] = []
      for bay in 0..<count where random.chance(0.55) {
        let middle = (Float(bay) + 0.5) * extent / Float(count)
        openings.append(
          Facade.Opening(
            x: middle - half...middle + half, z: floor + 0.95...floor + 2.15,
            recess: building.recess, pane: palette.window, hasReveal: storey == 0 && detail > 0.5))
      }
      storeys.append(openings)
    }
    return storeys
  }

  /// Steps, a porch, a bay, balconies, a rain pipe: what stands out from the front.
  private mutating func addProjections(
    of building: Building, at place: Placement, wall: SurfaceIndex, _ random: inout RandomStream
  ) {
    let length = building.size.x
    if random.chance(0.5) {
      mesh.addBox(x: 0...length, y: -0.05...0, z: -2...random.uniform(0.2...0.7), at: place, wall)
    }
    let pipe = random.chance(0.5) ? 0.15 : length - 0.15
    mesh.addBar(
      from: Vector(pipe, -0.09, -1), to: Vector(pipe, -0.09, building.eaves - building.plinth),
      radius: 0.05, sides: 5, at: place, wall)
    if building.plinth > 0.25 { addSteps(of: building, at: place, &random) }
    if building.hasShop, random.chance(0.5) {
      let cloth = surface(.matte, 0.15...0.6, RawClass.building, &random)
      let depth = random.uniform(0.8...1.6)
      mesh.addQuad(
        place.point(0.3, 0, 2.9), place.point(length - 0.3, 0, 2.9),
        place.point(length - 0.3, -depth, 2.4), place.point(0.3, -depth, 2.4), cloth)
    }
    if random.chance(0.25), length > 7 {
      let x = random.uniform(1...length - 4)
      let width = random.uniform(1.8...3)
      mesh.addBox(
        x: x...x + width, y: -random.uniform(0.4...1.1)...0, z: -2...random.uniform(2.4...5),
        at: place,
        wall)
    }
    guard building.storeys > 1, random.chance(0.45) else { return }
    let x = random.uniform(0.5...max(0.6, length - 4.5))
    for storey in 1..<min(building.storeys, 4) {
      addBalcony(
        x: x, floor: Float(storey) * building.storeyHeight, depth: 1.1, at: place, wall: wall)
    }
  }

  private mutating func addSteps(
    of building: Building, at place: Placement, _ random: inout RandomStream
  ) {
    let stone = surface(.matte, 0.2...0.5, RawClass.building, &random)
    let x = random.uniform(0.5...max(0.6, building.size.x - 2))
    let count = max(1, Int(building.plinth / 0.18))
    for step in 0..<count {
      let depth = Float(step + 1) * 0.3
      mesh.addBox(
        x: x...x + 1.4, y: -depth...0, z: -building.plinth - 0.3...(-Float(step) * 0.18), at: place,
        stone)
    }
  }

  private mutating func addBalcony(
    x: Float, floor: Float, depth: Float, at place: Placement, wall: SurfaceIndex
  ) {
    let level = place.moved(x, 0, floor)
    mesh.addBox(x: 0...3.2, y: -depth...0, z: -0.15...0, at: level, wall)
    mesh.addWall(0...3.2, 0...1, at: level.moved(0, -depth), palette.railing)
    for end: Float in [0, 3.2] {
      mesh.addWall(0...depth, 0...1, at: level.moved(end, -depth).turned(.pi / 2), palette.railing)
    }
  }
}
