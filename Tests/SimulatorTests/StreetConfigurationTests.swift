import Testing

@testable import Simulator

@Suite struct StreetConfigurationTests {
  @Test func theDefaultsAreValid() throws {
    try StreetConfiguration().validate()
  }

  /// A value that a field cannot have, and the field's range as the message gives it.
  struct Mistake: Sendable {
    var field: String
    var range: String
    var make: @Sendable (inout StreetConfiguration) -> Void
  }

  static let mistakes = [
    Mistake(field: "people", range: "0.0 to 10.0") { $0.people = 11 },
    Mistake(field: "riders", range: "0.0 to 10.0") { $0.riders = -1 },
    Mistake(field: "vehicles", range: "0.0 to 4.0") { $0.vehicles = 4.5 },
    Mistake(field: "vegetation", range: "0.0 to 2.0") { $0.vegetation = 3 },
    Mistake(field: "clutter", range: "0.0 to 3.0") { $0.clutter = -0.1 },
    Mistake(field: "junctions", range: "0.0 to 2.0") { $0.junctions = 2.1 },
    Mistake(field: "curves", range: "0.0 to 1.0") { $0.curves = 1.5 },
    Mistake(field: "neighbours", range: "0.0 to 1.0") { $0.neighbours = 1.1 },
    Mistake(field: "vistas", range: "0.0 to 1.0") { $0.vistas = -0.2 },
    Mistake(field: "slopes", range: "0.0 to 3.0") { $0.slopes = .nan },
    Mistake(field: "styles.city", range: "0.0 to 1000.0") { $0.styles.city = -1 },
  ]

  @Test(arguments: mistakes)
  func aValueOutOfRangeIsRefusedWithTheFieldAndItsRange(_ mistake: Mistake) {
    var configuration = StreetConfiguration()
    mistake.make(&configuration)
    let error = #expect(throws: SimulatorError.self) { try configuration.validate() }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.contains("`\(mistake.field)`") == true)
    #expect(error?.message.contains(mistake.range) == true)
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
