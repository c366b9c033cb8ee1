import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct FilterReferencesTests: NamingRules {
  @Test func letsAFilterTuneARuleThroughAnyOfItsLogSources() {
    let several = rule("a", id: "aaaa").with {
      $0.logSources = [LogSource(product: "windows", service: "a"), LogSource(product: "windows", service: "b")]
    }
    let tunesB = filter("f", .any, logSource: LogSource(product: "windows", service: "b"))
    let tunesC = filter("g", named("aaaa"), logSource: LogSource(product: "windows", service: "c"))
    let malformed = filter("h", .any).with {
      $0.logSources = []
    }
    let references = RuleReferences(of: [several, tunesB, tunesC, malformed])
    #expect(references.filters[0].rules == [1])
  }

  @Test func tunesTheRulesThatAFilterNames() {
    let references = RuleReferences(of: [
      rule("a", id: "aaaa"), rule("b", name: "login"), filter("c", named("login", "AAAA", "aaaa")),
      filter("d", named("aaaa")),
    ])
    #expect(references.filtered.map(\.rules) == [[], [], [0, 1], [0]])
    #expect(references.filters.map(\.rules) == [[2, 3], [2], [], []])
    #expect(faults(references) == [])
  }

  @Test func notesARuleOfAFilterThatIsNotThere() {
    let references = RuleReferences(of: [filter("a", named("gone"))])
    #expect(references.faults[0] == [.unknown(name("gone"))])
  }

  @Test(arguments: [
    (LogSource(product: "windows"), LogSource(category: "process_creation", product: "Windows"), true),
    (LogSource(category: "process_creation"), LogSource(category: "process_creation", product: "linux"), true),
    (LogSource(product: "windows", service: "security"), LogSource(product: "windows"), false),
    (LogSource(product: "windows"), LogSource(product: "linux"), false),
    (LogSource(service: "sysmon"), LogSource(product: "windows", service: "security"), false),
    (LogSource(), LogSource(product: "windows"), true),
  ])
  func appliesAFilterToRulesOfItsLogSource(filtering: LogSource, filtered: LogSource, applies: Bool) {
    let tuned = rule("a", id: "aaaa", logSource: filtered)
    let byName = RuleReferences(of: [tuned, filter("b", named("aaaa"), logSource: filtering)])
    #expect(byName.filters.map(\.rules) == (applies ? [[1], []] : [[], []]))
    #expect(byName.faults[1] == (applies ? [] : [.otherLogSource(name("aaaa"))]))
    let byLogSource = RuleReferences(of: [tuned, filter("b", .any, logSource: filtering)])
    #expect(byLogSource.filtered[1].rules == (applies ? [0] : []))
    #expect(byLogSource.faults[1] == (applies ? [] : [.tunesNothing]))
  }

  @Test(arguments: [("corr", RuleClass.correlation), ("other", .filter)])
  func tunesNothingButRules(target: String, ruleClass: RuleClass) {
    let references = RuleReferences(of: [
      rule("a", id: "aaaa"), filter("b", named("aaaa", target)), correlation("c", id: "corr", of: "aaaa"),
      filter("d", id: "other", named("aaaa")),
    ])
    #expect(references.filtered[1].rules == [0])
    #expect(references.filters[2].rules == [] && references.filters[3].rules == [])
    #expect(faults(references) == [.tunes(name(target), ruleClass)])
  }

  @Test func letsAFilterForAnyRuleTuneDetectionsOnly() {
    let references = RuleReferences(of: [
      rule("a"), correlation("b", of: "a"), filter("c", .any), rule("d", logSource: LogSource(product: "aws")),
      rule("e"),
    ])
    #expect(references.filtered[2].rules == [0, 4])
    #expect(references.filters.map(\.rules) == [[2], [], [], [], [2]])
  }

  /// With all of them, n filters and n rules of one log source would be n² links.
  @Test func listsAHundredRulesAndFiltersOfALogSourceAndCountsAll() {
    let rules = (0..<150).map { rule("r\($0)") }
    let references = RuleReferences(
      of: rules + [rule("named", id: "aaaa")] + (0..<120).map { filter("f\($0)", .any) } + [
        filter("g", named("aaaa")),
        filter(
          "h", .rules((0..<150).map { _ in RuleReference("aaaa", at: SourceSpan(SourcePosition(line: 1, column: 1))) })),
      ])
    #expect(references.filtered.values[151..<271].allSatisfy { $0 == ListedRules(ruleIDs(0..<100), count: 151) })
    #expect(references.filters.values[..<150].allSatisfy { $0 == ListedRules(ruleIDs(151..<251), count: 120) })
    #expect(references.filters[150] == ListedRules(ruleIDs(151..<251), count: 122))
    #expect(references.filtered[271] == ListedRules([150]) && references.filtered[272] == ListedRules([150]))
  }

  /// What a filter names is listed whole: it is as long as the filter.
  @Test func listsAllRulesThatAFilterNames() {
    let rules = (0..<150).map { rule("r\($0)", id: "\($0)") }
    let scope = FilterScope.rules(
      (0..<150).map { RuleReference("\($0)", at: SourceSpan(SourcePosition(line: 1, column: 1))) })
    #expect(RuleReferences(of: rules + [filter("f", scope)]).filtered[150] == ListedRules(ruleIDs(0..<150)))
  }

  @Test func joinsTheRulesOfAllLogSourcesOfAFilterForAll() {
    func logSource(_ service: String) -> LogSource { LogSource(product: "windows", service: service) }
    let several = filter("f", .any).with {
      $0.logSources = [logSource("a"), LogSource(product: "WINDOWS"), logSource("b")]
    }
    let both = rule("both").with {
      $0.logSources = [logSource("a"), logSource("b")]
    }
    let references = RuleReferences(of: [
      rule("a", logSource: logSource("a")), both, rule("c", logSource: LogSource(product: "linux")), several,
      filter("g", .any, logSource: logSource("b")),
    ])
    #expect(references.filtered[3] == ListedRules([0, 1]))
    #expect(references.filters.map(\.rules) == [[3], [3, 4], [], [], []])
  }
}
