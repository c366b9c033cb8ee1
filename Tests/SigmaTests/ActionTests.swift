import Diagnostics
import RuleModel
import Testing

/// How documents of one file build on each other, as Sigma had it before version 2.
@Suite struct ActionTests {
  private let global = """
    action: global
    title: G
    logsource: {product: windows}
    detection: {s: {A: 1}, condition: s}
    """

  @Test func repeatsTheGlobalDocumentRightAfterIt() throws {
    let reading = try read(global + "\n---\naction: repeat\ndetection: {s: {B: 2}}")
    #expect(reading.rules.map(\.testWords) == [["A eq 1", "B eq 2"]])
    #expect(reading.diagnostics.isEmpty)
  }

  @Test func neverMergesCorrelationsAndFilters() throws {
    let reading = try read(
      global + """

        ---
        level: low
        ---
        title: C
        correlation: {type: event_count, rules: [x], group-by: [h], timespan: 1m, condition: {gte: 2}}
        ---
        title: F
        logsource: {product: windows}
        filter: {rules: [x], t: {B: 1}, condition: not t}
        ---
        action: repeat
        level: high
        """)
    #expect(reading.rules.map(\.title) == ["G", "C", "F", "G"])
    #expect(reading.rules.map(\.ruleClass) == [.detection, .correlation, .filter, .detection])
    #expect(reading.rules.map(\.level) == [.low, nil, nil, .high])
    #expect(reading.rules[1].logSources.isEmpty)
    #expect(reading.rules[3].testWords == ["A eq 1"])
  }

  @Test(arguments: [
    ("golbal", "the action 'golbal' is unknown; did you mean 'global'?"),
    ("correlation", "the action 'correlation' is unknown; write global, repeat or reset, or remove it"),
    ("[global]", "the action must be one of global, repeat and reset; write one or remove it"),
    ("", "the action must be one of global, repeat and reset; write one or remove it"),
  ])
  func reportsAnUnknownAction(action: String, expected: String) throws {
    let reading = try read(
      "title: T\naction: \(action)\nlogsource: {product: windows}\ndetection: {s: {A: 1}, condition: s}")
    #expect(reading.diagnostics.map(\.message) == [expected])
    #expect(reading.diagnostics.map(\.id) == [.sigmaAction])
    #expect(reading.rules.map(\.testWords) == [["A eq 1"]])
  }

  @Test(arguments: [
    (
      "title: T\nlogsource: {product: p}\ndetection: {s: {A: 1}, condition: s}\n---\naction: global\nlevel: low",
      "rule.yml:5:1: warning: 'action: global' has no rule after it to build on it; add one or remove the action"
    ),
    (
      "action: repeat\nlogsource: {product: p}\ndetection: {s: {A: 1}, condition: s}",
      "rule.yml:1:1: warning: 'action: repeat' has no document before it to build on; move it or remove the action"
    ),
    (
      "action: reset\ntitle: lost",
      "rule.yml:2:1: error: a document with 'action: reset' holds nothing else; move the rest to a document of its own"
    ),
    (
      "action: repeat\ntitle: C\ncorrelation: {type: event_count, rules: [x], timespan: 1m, condition: {gte: 2}}",
      "rule.yml:1:9: warning: 'action: repeat' does nothing to a correlation; remove the action"
    ),
  ])
  func reportsAnActionWithNothingToWorkOn(text: String, expected: String) throws {
    #expect(try read(text).diagnostics.map(\.description) == [expected + " [sigma-action]"])
  }

  @Test(arguments: ["Action", "actions", "acton"])
  func reportsAMistypedAction(key: String) throws {
    let reading = try read(
      "\(key): global\nlevel: high\n---\ntitle: T\nlogsource: {product: x}\ndetection: {s: {A: 1}, condition: s}\n")
    #expect(
      reading.diagnostics.map(\.description) == [
        "rule.yml:1:1: error: the key '\(key)' isn't read; did you mean 'action'? [sigma-action]",
        "rule.yml:1:1: warning: this document isn't a rule: it has no detection, correlation or filter section; add one or remove the document [sigma-detection]",
      ])
  }
}
