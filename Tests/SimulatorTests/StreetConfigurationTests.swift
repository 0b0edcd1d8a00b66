import Testing

@testable import Simulator

@Suite struct StreetConfigurationTests {
  @Test func theDefaultsAreValid() throws {
    try StreetConfiguration().validate()
  }

  @Test(
    arguments: [
      ("people", \StreetConfiguration.people, Float(11), "0.0 to 10.0"),
      ("riders", \.riders, -1, "0.0 to 10.0"),
      ("vehicles", \.vehicles, 4.5, "0.0 to 4.0"),
      ("vegetation", \.vegetation, 3, "0.0 to 2.0"),
      ("clutter", \.clutter, -0.1, "0.0 to 3.0"),
      ("junctions", \.junctions, 2.1, "0.0 to 2.0"),
      ("curves", \.curves, 1.5, "0.0 to 1.0"),
      ("slopes", \.slopes, .nan, "0.0 to 3.0"),
      ("styles.city", \.styles.city, -1, "0.0 to 1000.0"),
    ] as [(String, WritableKeyPath<StreetConfiguration, Float> & Sendable, Float, String)])
  func aValueOutOfRangeIsRefusedWithTheFieldAndItsRange(
    _ field: String, _ path: WritableKeyPath<StreetConfiguration, Float> & Sendable, _ value: Float,
    _ range: String
  ) throws {
    var configuration = StreetConfiguration()
    configuration[keyPath: path] = value
    let error = #expect(throws: SimulatorError.self) { try configuration.validate() }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.contains("`\(field)`") == true)
    #expect(error?.message.contains(range) == true)
  }

  @Test func atLeastOneStyleHasAWeight() {
    var configuration = StreetConfiguration()
    configuration.styles.residential = 0
    configuration.styles.city = 0
    configuration.styles.arterial = 0
    configuration.styles.campus = 0
    let error = #expect(throws: SimulatorError.self) { try configuration.validate() }
    #expect(error?.message.contains("styles") == true)
  }
}
