import TestSupport
import Testing

@testable import QueryLanguages

@Suite struct EventQueryTests {
  @Test(arguments: [
    ("*[System[(EventID=4624 or EventID!=5)]]", "*[System[(EventID=4624 or EventID!=5)]]"),
    ("*[System/EventID/text()=0x1210]", "*[System/EventID/.=0x1210]"),
    (
      "Event/child::System[Provider[attribute::Name=\"a b\"]][Level>=2]",
      "Event/System[Provider[@Name='a b']][Level>=2]"
    ),
    ("*[child:: System/attribute::*]", "*[System/@*]"),
    ("*[EventData[Data[position()=1]!='x']]", "*[EventData[Data[position()=1]!='x']]"),
    ("4624=EventID AND timediff( @SystemTime )<=5", "4624=EventID and timediff(@SystemTime)<=5"),
    ("*[.='x' and @Name]", "*[.='x' and @Name]"), ("or or and", "(or or and)"), ("*[Data[-1]]", "*[Data[-1]]"),
    ("*[a/5 and contains(.,  'b')]", "*[a/5 and contains(., 'b')]"), ("BAND(Keywords,1)", "band(Keywords, 1)"),
  ])
  func readsTheEventLogsXPath(text: String, expected: String) throws {
    var parser = EventQueryParser(text)
    #expect(try parser.parse().words == expected)
  }

  @Test(arguments: [
    ("", 0, "the query ends where a value is expected"), ("*[a=", 4, "the query ends where a value is expected"),
    ("*[a=1", 5, "']' is missing at the end"), ("*[(a=1]", 6, "')' is missing before ']'"),
    ("*[a='1]", 4, "the text has no closing quote"),
    ("/a", 0, "the path starts with '/'; write it from the event: *[System[…]]"),
    ("a//b", 2, "'/b' can't be read; write a name, a value or '('"),
    ("a/", 2, "'' can't be read; write a name, a value or '('"),
    ("a=b=c", 3, "'=c' can't be read; write operators in lower case"),
    ("a | b", 2, "'| b' can't be read; write a Select for each part"),
    ("a Or b", 2, "'Or b' can't be read; write operators in lower case"),
    ("(a)/b", 3, "'/b' can't be read; write operators in lower case"),
    ("a and child::", 13, "'' can't be read; write a name, a value or '('"),
    ("a and child::self::b", 13, "the event log has no axis 'self'; it has child and attribute"),
    ("f(a", 3, "')' is missing at the end"), ("f(a,)", 4, "')' can't be read; write a name, a value or '('"),
    ("a/text()/b", 8, "'/b' can't be read; write operators in lower case"),
  ])
  func saysWhereAndWhyItStops(text: String, offset: Int, message: String) {
    var parser = EventQueryParser(text)
    let error = #expect(throws: EventQueryError.self) { try parser.parse() }
    #expect(error?.span.lowerBound == offset && error?.message == message)
  }

  /// The word that can't be read, and nothing where one is missing.
  @Test(arguments: [
    ("*[a=", ""), ("*[a=1", ""), ("*[(a=1]", "]"), ("*[a='1]", "'1]"), ("a//b", "/"), ("a/", ""), ("a=b=c", "="),
    ("a Or b", "Or"), ("a and child::", ""), ("a and child::self::b", "self"), ("(a)/b", "/"),
  ])
  func saysHowFarWhatItStopsAtReaches(text: String, expected: String) throws {
    var parser = EventQueryParser(text)
    let error = try #require(throws: EventQueryError.self) { try parser.parse() }
    #expect(String(decoding: Array(text.utf8)[error.span], as: UTF8.self) == expected)
  }

  @Test func reportsWhatTheEventLogDoesNotHave() throws {
    var parser = EventQueryParser("not(a) AND f(g(b)) OR band(c, 1)=1 or d OR (")
    #expect(throws: EventQueryError.self) { try parser.parse() }
    #expect(parser.capitals == [7..<10, 19..<21, 40..<42])
    #expect(
      parser.faults == [
        EventQueryError(
          span: 0..<3, message: "the event log has no function 'not'; compare with '!=', or write a Suppress"),
        EventQueryError(
          span: 13..<14, message: "the event log has no function 'g'; it has band, timediff and position"),
        EventQueryError(
          span: 11..<12, message: "the event log has no function 'f'; it has band, timediff and position"),
      ])
  }

  @Test func reportsAnotherAxisOnce() {
    var parser = EventQueryParser("*[System[self::node()]]")
    let expected = EventQueryError(
      span: 9..<13, message: "the event log has no axis 'self'; it has child and attribute")
    #expect(throws: expected) { try parser.parse() }
    #expect(parser.faults.isEmpty)
  }

  @Test(arguments: ["(", "a[", "band("]) func refusesToGoDeeperThan64Levels(piece: String) throws {
    let close = piece == "a[" ? "]" : ")"
    func text(_ count: Int) -> String {
      String(repeating: piece, count: count) + "a" + String(repeating: close, count: count)
    }
    var parser = EventQueryParser(text(63))
    #expect(throws: Never.self) { try parser.parse() }
    var deeper = EventQueryParser(text(64))
    let end = 64 * piece.utf8.count
    let expected = EventQueryError(span: end..<end, message: "the query is nested more than 64 deep")
    #expect(throws: expected) { try deeper.parse() }
  }
}
