import Checks
import Diagnostics
import Documents
import Testing

@testable import Reports

/// The baseline of `ruledex lint`.
@Suite struct AcceptedFindingsTests {
  private func finding(_ message: String, line: Int = 1, check: CheckID = .valueCovered) -> Diagnostic {
    Diagnostic(check, at: SourceLocation(path: "a.yml", line: line, column: 1), message)
  }

  @Test(arguments: [
    ("the list has '1' already in line 12; remove one", "the list has '1' already in line #"),
    ("T1562.001 is revoked in ATT&CK Enterprise 19.2; write T1685", "T1562.001 is revoked in ATT&CK Enterprise #"),
    ("99 of 1,000 rules write 'a; b', not 'c 1'; x; y", "# of # rules write 'a; b', not 'c 1'"),
    ("the rule's condition isn't 2 and doesn't use '3'", "the rule's condition isn't # and doesn't use '3'"),
    ("the version 2x1 is odd", "the version 2x1 is odd"),
  ])
  func knowsAFindingByWhatStaysTheSame(message: String, expected: String) {
    #expect(stablePart(of: message) == expected)
  }

  @Test func acceptsEachFindingOnceAndSaysWhatIsGone() {
    let old = [finding("x 'a'"), finding("x 'a'", line: 2), finding("y in line 3", line: 3)]
    let accepted = AcceptedFindings(of: old) { _ in "sigma/a" }
    #expect(accepted.count == 3)
    let moved = [finding("x 'a'", line: 7), finding("y in line 9", line: 9), finding("z")]
    let rest = accepted.rest(of: moved) { _ in "sigma/a" }
    #expect(rest.new.map(\.message) == ["z"] && rest.accepted == 2 && rest.gone == 1)
    #expect(accepted.rest(of: old + [finding("x 'a'", line: 5)]) { _ in "sigma/a" }.new.count == 1)
    #expect(accepted.rest(of: old) { _ in "sigma/b" }.new.count == 3)
    #expect(accepted.rest(of: [finding("x 'a'", check: .valueRepeated)]) { _ in "sigma/a" }.new.count == 1)
  }

  @Test func writesWhatItReads() throws {
    let found = [finding("x 'a'"), finding("x 'a'", line: 2), finding("b; do", check: .hashLength)]
    let accepted = AcceptedFindings(of: found) { $0.id == .hashLength ? "sigma/b" : "sigma/a" }
    let text = String(decoding: accepted.json, as: UTF8.self)
    #expect(
      text == """
        {"format":1,
        "findings":[
        {"rule":"sigma/a","check":"value-covered","message":"x 'a'","count":2},
        {"rule":"sigma/b","check":"hash-length","message":"b"}]}

        """)
    let read = try AcceptedFindings(parsingJSON: accepted.json)
    #expect(read.json == accepted.json)
  }

  @Test(arguments: [
    ("[]", "1:1", "this isn't a baseline; give one that 'ruledex lint --update-baseline' wrote"),
    (
      #"{"format": 2, "findings": []}"#, "1:1",
      "this isn't a baseline; give one that 'ruledex lint --update-baseline' wrote"
    ),
    (
      #"{"format": 1, "findings": [{"rule": "a"}]}"#, "1:28",
      "a finding of a baseline has a 'rule', a 'check' and a 'message'; add them"
    ),
  ])
  func refusesWhatIsNoBaseline(text: String, place: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try AcceptedFindings(parsingJSON: Array(text.utf8)) }
    #expect(error.message == message)
    #expect(error.position.map { "\($0.line):\($0.column)" } == place)
  }
}
