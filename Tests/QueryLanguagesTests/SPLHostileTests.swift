import Diagnostics
import RuleModel
import Testing

@testable import QueryLanguages

/// Searches that would take forever, or all memory, if they were read naively.
@Suite struct SPLHostileTests: ReadsSPL {
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("(", 10_000, "a=1"), Repeated("NOT ", 10_000, "a=1"), Repeated("a=1 OR ", 50_000, "a=1"),
      Repeated("[search ", 10_000), Repeated("a=1", " | where a=1", 5000), Repeated("index=a ", "x", 1_000_000),
      Repeated("a=\"", "b", 100_000), Repeated("```", "b", 100_000), Repeated("`", 100_001), Repeated("|", 100_000),
      Repeated("a IN (", "x,", 100_000, ")"), Repeated("| where ", "-", 20_000, "a>1"),
      Repeated("| stats ", "count(", 20_000),
      Repeated("| eval ", "a=a,", 20_000), Repeated("| map search=\"", "map search=\\\"", 1000),
      Repeated("match(", 50_000), Repeated("match(a,b) ", 50_000),
      Repeated("a=1, ", 100_000), Repeated("| where ", "!", 20_000, "a=1"), Repeated("| where ", "<<A>>", 50_000),
      Repeated("a=1 | ", "nope | ", 5000),
    ])
  func endsWhateverItIsGiven(query: Repeated) {
    let reading = Self.read(query.text)
    #expect(reading.stages.count <= 2002)
  }

  /// The work grows with the length only.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      Repeated("| bin a ", "as x ", 50_000), Repeated("| convert ", "f(a) as a ", 20_000),
      Repeated("| where ", "searchmatch(\"a=1 [search b=2 | where c=3]\") AND ", 20_000, "d=1"),
      Repeated("| append ", "[search a=1]", 20_000),
    ])
  func readsNoMoreCommandsThanTheLimit(query: Repeated) {
    #expect(Self.read(query.text).stages.count <= 4010)
  }

  @Test(.timeLimit(.minutes(15)))
  func readsNoMorePatternsOfNamesThanTheLimit() {
    let names = (0..<5000).map { "a\($0)=1" }.joined(separator: ", ")
    let reading = Self.read("| eval \(names) | rename " + String(repeating: "a* as b*, b* as a*, ", count: 10_000))
    #expect(
      reading.faultWords.filter { $0.contains("patterns") }.map { $0.drop { $0 != " " } } == [
        " the search renames fields by more than 256 patterns with stars; the others aren't read [query-syntax]"
      ])
  }

  /// What searches in strings unfold to counts as well.
  @Test(.timeLimit(.minutes(15)))
  func boundsWhatMacrosInStringsUnfoldTo() {
    let macros = ["m/0": SPLMacro(definition: "a=\"\(String(repeating: "x", count: 100_000))\"".utf8)]
    let reading = Self.read("| where " + String(repeating: "searchmatch(\"`m`\") OR ", count: 5000) + "b=1", macros)
    var tests = 0
    reading.stages.forEachTest { _, _ in tests += 1 }
    #expect(tests == 11)
    #expect(reading.faultWords.contains { $0.contains("the macros unfold to more than 1048576 bytes") })
  }

  @Test(.timeLimit(.minutes(15)))
  func boundsWhatMacrosUnfoldTo() {
    let reading = reading("`m0` a=1") { query, place in
      readSPL(
        query,
        macros: { name, _ in
          SPLMacro(definition: String(repeating: "`m\((Int(name.dropFirst()) ?? 0) + 1)` ", count: 8).utf8)
        }, place: place)
    }
    #expect(
      reading.faultWords.contains("1: macros use each other more than 16 deep; simplify them [query-syntax]")
        || reading.faultWords.contains("1: the macros unfold to more than 1048576 bytes; simplify them [query-syntax]"))
  }
}
