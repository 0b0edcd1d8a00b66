import Foundation
import JSONTexts
import Testing

@Suite struct JSONFaultTests {
  private struct Shelf: Decodable {
    struct Book: Decodable {
      var title: String
      var pages: Int
      var price: Double?
    }

    var books: [String: Book]
    var isFull: Bool
  }

  @Test(arguments: [
    ("", "ends too early, after 0 bytes"),
    (#"{"books": {}, "isFull": "#, "ends too early"),
    (#"{"books":,}"#, "stops being JSON around byte"),
    (#"{"isFull": true}"#, #"the whole has no "books""#),
    (#"{"books": [], "isFull": true}"#, #""books" is no object with keys"#),
    (#"{"books": {}, "isFull": 3}"#, #""isFull" is no true or false"#),
    (
      #"{"books": {"a.b": {"title": 3, "pages": 3}}, "isFull": true}"#,
      #""books" > "a.b" > "title" is no text"#
    ),
    (
      #"{"books": {"a": {"title": "A", "pages": null}}, "isFull": true}"#,
      #""books" > "a" > "pages" is null, and a whole number is wanted"#
    ),
    (
      #"{"books": {"a": {"title": "A", "pages": 3, "price": "x"}}, "isFull": true}"#,
      #""books" > "a" > "price" is no number"#
    ),
    (
      #"{"books": {"a": {"title": "A", "pages": 1.5}}, "isFull": true}"#, "no whole number"
    ),
  ])
  func whatIsWrongIsSaidWithItsPlace(_ text: String, _ words: String) throws {
    let fault = #expect(throws: JSONFault.self) {
      try JSONText.decode(Shelf.self, from: Data(text.utf8))
    }
    #expect(fault?.description.contains(words) == true, "\(fault.map(\.description) ?? "")")
  }

  @Test func aSoundTextIsRead() throws {
    let text = #"{"books": {"a": {"title": "A", "pages": 3}}, "isFull": false}"#
    let shelf = try JSONText.decode(Shelf.self, from: Data(text.utf8))
    #expect(shelf.books["a"]?.pages == 3 && !shelf.isFull)
  }
}
