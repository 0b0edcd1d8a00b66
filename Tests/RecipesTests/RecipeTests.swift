import Foundation
import Recipes
import TestSupport
import Testing

/// A configuration with all kinds of fields.
private struct Plan: Codable, Equatable {
  enum Colour: String, Codable {
    case red
    case green
  }

  struct Engine: Codable, Equatable {
    var power: Float = 90
    var isLoud = false
    var gears = [1, 2, 3]
  }

  var name = "plan"
  var count = 4
  var colour = Colour.red
  var engine = Engine()
}

@Suite struct RecipeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func resolve(_ yaml: String? = nil, _ settings: String...) throws -> Plan {
    let file = try yaml.map { try folder.write($0.utf8, to: "recipe.yaml") }
    return try Recipe.resolve(Plan(), file: file, settings: settings)
  }

  private func refusal(_ yaml: String? = nil, _ settings: String...) throws -> RecipeError {
    let file = try yaml.map { try folder.write($0.utf8, to: "recipe.yaml") }
    return try #require(throws: RecipeError.self) {
      try Recipe.resolve(Plan(), file: file, settings: settings)
    }
  }

  @Test(arguments: ["", "# only words\n", "{}"])
  func whatIsNotSaidKeepsItsDefault(_ yaml: String) throws {
    #expect(try resolve() == Plan())
    #expect(try resolve(yaml) == Plan())
  }

  @Test func aFileChangesWhatItNames() throws {
    var plan = Plan()
    plan.engine.isLoud = true
    #expect(try resolve("engine: {isLoud: true}") == plan)
    plan.engine.gears = [5]
    plan.colour = .green
    #expect(try resolve("engine:\n  isLoud: true\n  gears: [5]\ncolour: green\n") == plan)
  }

  @Test func aSettingWinsOverTheFileAndTheLastOneOverOthers() throws {
    let file = "count: 5\nengine: {power: 1.5}"
    #expect(try resolve(file).count == 5)
    let plan = try resolve(file, "count=6", "engine.isLoud=true", "count=7")
    #expect(plan.count == 7 && plan.engine.power == 1.5 && plan.engine.isLoud)
    #expect(plan.name == "plan")
  }

  @Test func aSettingHasAnyValueThatAFileMayHave() throws {
    #expect(try resolve(nil, "engine.gears=[4, 5]").engine.gears == [4, 5])
    #expect(try resolve(nil, "engine={power: 3}").engine == .init(power: 3))
    #expect(try resolve(nil, "name=a=b").name == "a=b")
    #expect(try resolve(nil, "engine.power=1e2").engine.power == 100)
  }

  @Test func theTextOfAConfigurationGivesItBack() throws {
    let plan = Plan(name: "a: \"b\"\n# c", count: -1, colour: .green, engine: .init(gears: []))
    #expect(try resolve(Recipe.text(of: plan)) == plan)
  }

  @Test(arguments: [
    ("coumt: 1", "the recipe has no key \"coumt\"", "did you mean \"count\"?"),
    ("engine: {isLout: true}", "engine has no key \"isLout\"", "did you mean \"engine.isLoud\"?"),
    ("qqqqqqqqqqqq: 1", "no key \"qqqqqqqqqqqq\"", "use one of name, count, colour, engine"),
  ])
  func anUnknownKeyIsRefusedAndTheNearestNamed(
    _ yaml: String, _ message: String, _ remedy: String
  ) throws {
    let error = try refusal(yaml)
    #expect(error.code == .unknownKey && error.message.contains(message), "\(error)")
    #expect(error.remedy == remedy && error.path?.hasSuffix("recipe.yaml") == true, "\(error)")
  }

  @Test func aSettingOfAnUnknownKeyIsRefusedLikeAFilesKey() throws {
    let error = try refusal(nil, "engine.powr=3")
    #expect(error.code == .unknownKey && error.remedy == "did you mean \"engine.power\"?")
    #expect(error.path == nil)
    #expect(try refusal(nil, "count.first=1").code == .invalidValue)
  }

  @Test(arguments: [
    ("count: many", "count"), ("count: 1.5", "count"), ("count: 99999999999999999999", "count"),
    ("count: [1]", "count"), ("count: {a: 1}", "count"), ("count:", "count"),
    ("colour: blue", "colour"), ("name: [a]", "name"), ("engine: {power: fast}", "engine.power"),
    ("engine: {isLoud: 1}", "engine.isLoud"), ("engine: 3", "engine"), ("engine: [1]", "engine"),
    ("engine: {gears: 3}", "engine.gears"), ("engine: {gears: {a: 1}}", "engine.gears"),
    ("engine: {gears: [1, two]}", "engine.gears"), ("engine: {gears: [[1]]}", "engine.gears"),
    ("[1, 2]", "the recipe"), ("3", "the recipe"),
  ])
  func aValueOfAnotherShapeIsRefusedWithItsPlace(_ yaml: String, _ place: String) throws {
    let error = try refusal(yaml)
    #expect(error.code == .invalidValue, "\(error)")
    #expect(error.message.hasPrefix(place) && !error.remedy.isEmpty, "\(error)")
  }

  @Test(arguments: ["count: [", "a: b: c", "\tcount: 1", "count: 1\ncount: 2", "{", "- &a [*a]"])
  func whatIsNoYAMLIsRefused(_ yaml: String) throws {
    let error = try refusal(yaml)
    #expect(error.code == .malformed || error.code == .invalidValue, "\(error)")
    #expect(!error.message.contains("\n") && error.path?.hasSuffix("recipe.yaml") == true)
  }

  @Test(arguments: ["count", "=3", ""])
  func aSettingWithoutAKeyOrValueIsRefused(_ setting: String) throws {
    let error = try refusal(nil, setting)
    #expect(error.code == .malformed && error.message.contains("\"\(setting)\""))
  }

  @Test func aSettingWithoutAValueIsNoNumber() throws {
    #expect(try refusal(nil, "count=").code == .invalidValue)
    #expect(try resolve(nil, "name=").name == "")
  }

  @Test func aFileThatIsMissingOrNoTextIsUnreadable() throws {
    let missing = #expect(throws: RecipeError.self) {
      try Recipe.resolve(Plan(), file: folder.path("none.yaml"))
    }
    #expect(missing?.code == .unreadable && missing?.path == folder.path("none.yaml"))
    let binary = try folder.write([0xFF, 0xFE, 0x80], to: "binary.yaml")
    #expect(throws: RecipeError.self) { try Recipe.resolve(Plan(), file: binary) }
  }
}
