import Pictures
import Testing

@Suite struct ColorTests {
  @Test func aCodeIsReadAsOnTheWeb() {
    #expect(RGB(0xFF_8001) == RGB(red: 255, green: 128, blue: 1))
  }

  @Test func mixingStaysBetweenTheColors() {
    let (dark, light) = (RGB(0x00_0A_FF), RGB(0x64_0A_00))
    #expect(dark.mixed(with: light, share: 0.5) == RGB(red: 50, green: 10, blue: 128))
    #expect(dark.mixed(with: light, share: -3) == dark)
    #expect(dark.mixed(with: light, share: .infinity) == light)
    #expect(dark.mixed(with: light, share: .nan) == dark)
  }

  @Test(arguments: [ColorMap.depth, .strength])
  func colorsGrowLighterAlongAMap(map: ColorMap) {
    let lightness = stride(from: Float(0), through: 1, by: 0.01).map { position in
      let color = map[position]
      return 0.2126 * Double(color.red) + 0.7152 * Double(color.green)
        + 0.0722 * Double(color.blue)
    }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 <= $1 + 0.5 })
  }

  @Test(arguments: [ColorMap.depth, .strength])
  func positionsOutsideAMapHaveTheColorsOfItsEnds(map: ColorMap) {
    #expect(map[-1] == map.anchors.first)
    #expect(map[.nan] == map.anchors.first)
    #expect(map[1] == map.anchors.last)
    #expect(map[.greatestFiniteMagnitude] == map.anchors.last)
  }
}
