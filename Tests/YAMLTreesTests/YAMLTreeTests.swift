import Testing
import YAMLTrees
import Yams

@Suite struct YAMLTreeTests {
  @Test func aliasesStandForWhatTheyName() throws {
    let tree = try YAMLTree.composed(of: "{a: &name [1, 2], b: *name}")
    #expect(tree?["b"]?.sequence?.compactMap(\.int) == [1, 2])
  }

  @Test func anEmptyTextHasNoTree() throws {
    #expect(try YAMLTree.composed(of: "# nothing\n") == nil)
  }

  /// Each line is twice the line before; the last is compared with the other keys.
  @Test func linesThatDoubleEachOtherAreRefused() {
    let lines = (1...16).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    let error = #expect(throws: TooManyAliases.self) {
      try YAMLTree.composed(of: "a0: &a0 [x, x]\n\(lines)? *a16\n: 1\n")
    }
    #expect(error?.count == 33)
    #expect(error.map { "\($0)" }?.contains("33 aliases") == true)
  }

  @Test(arguments: [
    " *a", "\n*a", "[*a]", "{*a : 1}", "[b,*a]", "{\"b\":*a}", "- *_", "? *-", "\u{85}*a",
  ])
  func everyPlaceWhereAnAliasCanStartCounts(place: String) {
    let text = String(repeating: place, count: YAMLTree.mostAliases + 1)
    let error = #expect(throws: TooManyAliases.self) { try YAMLTree.composed(of: text) }
    #expect(error?.count == YAMLTree.mostAliases + 1)
  }

  @Test func productsAndListsOfStarsAreText() throws {
    let text = String(repeating: "2*x * y ** z; ", count: 40)
    #expect(try YAMLTree.composed(of: text)?.string == String(text.dropLast()))
  }
}
