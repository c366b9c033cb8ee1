import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

/// What a branch that asks for one of a rule's logs pins counts there alone.
@Suite struct OwnLogicTests {
  private let map: EventMap

  init() throws {
    map = try readMap(
      """
      pins: {code: {event: [code]}}
      logsources:
        - {datasets: [a.x, a.y, a], tables: [A], pin: code, events: [{provider: A}]}
        - {datasets: [b.x], tables: [B], pin: code, events: [{provider: B}]}
        - {datasets: [b.x], eventCategory: file, pin: code, events: [{provider: B-file}]}
        - {datasets: [b.x], eventCategory: process, pin: code, events: [{provider: B-process}]}
      """)
  }

  private func words(_ logSources: [String], _ dialect: Dialect = .elastic, _ predicate: Predicate) -> [String] {
    map.events(for: logSources.map(source), dialect: dialect, stages: stages(predicate)).words
  }

  private static let both = ["-/a/a.x", "-/b/b.x"]

  @Test(
    arguments: [
      // (a.x and 1) or (b.x and 2): two events, not four.
      (.any([branch("event.dataset", "a.x", "1"), branch("event.dataset", "B.X", "2")]), ["A/1", "B/2"]),
      // What is asked of both, and what is asked of any.
      (.all([anyOf("code", "1", "2"), anyOf("data_stream.dataset", "a.x", "b.x")]), ["A/1", "A/2", "B/1", "B/2"]),
      (.any([branch("event.dataset", "a.x", "1"), eq("code", "2")]), ["A/1", "A/2", "B/2"]),
      // A branch without a pin.
      (.any([branch("event.dataset", "a.x", "1"), eq("event.dataset", "b.x")]), ["A/1", "B/*"]),
      (.all([.not(eq("event.dataset", "a.x")), eq("code", "1")]), ["B/1"]),
      (.not(.any([eq("event.dataset", "a.x"), .not(eq("code", "1"))])), ["B/1"]),
      (.all([test("event.dataset", .startsWith, "a."), eq("code", "1")]), ["A/1"]),
      (.any([branch("event.module", "a", "1"), branch("event.module", "b", "2")]), ["A/1", "B/2"]),
      // A data set that no log source of the rule is rules nothing out.
      (branch("event.dataset", "other", "1"), ["A/1", "B/1"]),
      // Nothing is left of either, so that nothing is known.
      (.all([eq("event.dataset", "a.x"), eq("event.dataset", "b.x"), eq("code", "1")]), ["A/1", "B/1"]),
    ] as [(Predicate, [String])])
  func countsInItsDataSet(predicate: Predicate, expected: [String]) {
    #expect(words(Self.both, .elastic, predicate) == expected)
  }

  /// A family of indices has modules of its own, whatever its name.
  @Test func countsInTheModulesOfItsFamily() throws {
    let map = try readMap(
      """
      pins: {code: {event: [code]}}
      logsources:
        - {datasets: [auditbeat], pin: code, events: [{provider: A}]}
        - {datasets: [system.auth], pin: code, events: [{provider: B}]}
      """)
    let logSources = ["-/auditbeat/-", "-/system/system.auth"].map(source)
    let predicate = Predicate.any([branch("event.module", "system", "1"), branch("event.module", "auditd", "2")])
    #expect(
      map.events(for: logSources, dialect: .elastic, stages: stages(predicate)).words == ["A/1", "A/2", "B/1"])
  }

  @Test func countsInItsCategory() {
    let predicate = Predicate.any([branch("event.category", "file", "1"), branch("event.category", "process", "2")])
    #expect(words(["file/b/b.x", "process/b/b.x"], .elastic, predicate) == ["B-file/1", "B-process/2"])
    // A data set that has no category here may hold either.
    #expect(words(["-/a/a.x", "file/b/b.x"], .elastic, predicate) == ["A/1", "A/2", "B-file/1", "B-file/2"])
  }

  @Test func countsInItsTable() {
    let predicate = Predicate.any([branch("Type", "A", "1"), branch("Type", "B", "2")])
    #expect(words(["-/-/A", "-/-/B"], .kusto, predicate) == ["A/1", "B/2"])
  }

  /// A package may also be read as a whole.
  @Test func countsInItsDataSetOfAPackage() {
    let predicate = Predicate.any([branch("event.dataset", "a.x", "1"), eq("code", "2")])
    #expect(words(["-/a/a.x", "-/a/-"], .elastic, predicate) == ["A/1", "A/2"])
    #expect(words(["-/a/-"], .elastic, predicate) == ["A/1", "A/2"])
  }

  /// A query of several reads only some of the rule's logs.
  @Test func countsInTheLogsOfItsQuery() {
    func stage(_ reads: [String], _ predicate: Predicate) -> Stage {
      Stage(
        name: "from", form: .source, language: .esql, reads: reads, predicate: predicate,
        position: SourcePosition(line: 1, column: 1))
    }
    let rule = [
      stage([], .any([.stage(1), .stage(2)])), stage(["a"], eq("code", "1")), stage(["b.x"], eq("code", "2")),
    ]
    #expect(map.events(for: Self.both.map(source), dialect: .elastic, stages: rule).words == ["A/1", "B/2"])
  }

  /// In Sigma, these fields are like any other.
  @Test func countsEverywhereInSigma() throws {
    let map = try readMap("logsources: [{product: a, pin: {event: [code]}, events: [{provider: A}]}]")
    let predicate = Predicate.any([branch("event.dataset", "b", "1"), branch("Type", "b", "2")])
    #expect(map.words(LogSource(product: "a"), predicate) == ["A/1", "A/2"])
  }

  @Test(
    arguments: [
      // What is named, and what a pattern asks for beside it.
      (.any([eq("name", "user.login"), test("name", .startsWith, "user.auth.")]), ["P-user/*", "P-user/user.login"]),
      (.any([eq("name", "user.login"), eq("other", "x")]), ["P-user/user.login"]),
      // Services and operations side by side: the entries say which belong together.
      (
        .all([anyOf("from", "iam.x", "ec2.x"), anyOf("name", "ListUsers", "RunInstances", "Unknown")]),
        ["P/Unknown", "P-ec2/RunInstances", "P-iam/ListUsers"]
      ),
      // Both have it.
      (
        .all([anyOf("from", "iam.x", "ec2.x"), anyOf("name", "Tag", "ListUsers")]),
        ["P-ec2/Tag", "P-iam/ListUsers", "P-iam/Tag"]
      ),
      // A branch says which belong together.
      (
        .any([.all([eq("from", "iam.x"), eq("name", "A")]), .all([eq("from", "ec2.x"), eq("name", "B")])]),
        ["P-ec2/B", "P-iam/A"]
      ),
    ] as [(Predicate, [String])])
  func operationsOfServices(predicate: Predicate, expected: [String]) throws {
    let map = try readMap(
      """
      logsources:
        - product: p
          pin: {event: [name], provider: [{field: from, value: "{service}.*", name: "P-{service}"}]}
          events:
            - {provider: P}
            - {provider: "P-{label}", pinned: ["{label}.*"]}
            - {provider: P-iam, pinned: [ListUsers, Tag]}
            - {provider: P-ec2, pinned: [RunInstances, Tag]}
      """)
    #expect(map.words(LogSource(product: "p"), predicate) == expected)
  }
}

private func branch(_ field: String, _ value: String, _ code: String) -> Predicate {
  .all([eq(field, value), eq("code", code)])
}
