import Foundation
import TestSupport
import Testing

/// Each kind of change, between folders, revisions of Git and kept files: what `ruledex diff` calls it.
@Suite struct ChangeKindTests {
  /// One rule of the catalog, and what is changed in it.
  struct Kind {
    /// The rule's file, and the number in its id.
    var name: String
    var old: String
    var new: String
    /// Between rules that are read; empty where nothing is to be reported.
    var read: [String]
    /// Where a side is a kept file; nil where it is the same.
    var kept: [String]?
  }

  private static func detection(_ lines: String..., more: String = "") -> String {
    "status: test\nlevel: low\nlogsource: {product: windows, category: process_creation}\n\(more)detection:\n"
      + lines.map { "  \($0)\n" }.joined()
  }

  private static func correlation(_ lines: String...) -> String {
    let base = [
      "type: value_count", "rules: [base]", "group-by: [Computer]", "timespan: 5m", "condition: {gte: 5, field: User}",
    ]
    let given = lines.map { $0.prefix { $0 != ":" } }
    let kept = base.filter { line in !given.contains { line.hasPrefix($0 + ":") } }
    return "correlation:\n" + (kept + lines).map { "  \($0)\n" }.joined()
  }

  private static func filter(_ rules: String, _ value: String = "1", condition: String = "not s") -> String {
    "logsource: {product: windows, category: process_creation}\nfilter:\n"
      + "  rules: \(rules)\n  s: {Image: \(value)}\n  condition: \(condition)\n"
  }

  private static let plain = detection("s: {Image: a}", "condition: s")

  static let kinds: [Kind] = [
    // Logic of a detection.
    Kind(
      name: "value", old: detection("s: {Image: a}", "condition: s"), new: detection("s: {Image: b}", "condition: s"),
      read: ["values"]),
    Kind(
      name: "exclusion", old: detection("s: {Image: a}", "f: {User: b}", "condition: s and not f"),
      new: detection("s: {Image: a}", "f: {User: c}", "condition: s and not f"), read: ["exclusions"]),
    Kind(
      name: "modifier", old: detection("s: {Image|endswith: a}", "condition: s"),
      new: detection("s: {Image|endswith|cased: a}", "condition: s"), read: ["values"]),
    Kind(
      name: "linking", old: detection("s: {Image|contains: [a, b]}", "condition: s"),
      new: detection("s: {Image|contains|all: [a, b]}", "condition: s"), read: ["selections"], kept: ["logic"]),
    Kind(
      name: "map-to-list", old: detection("s: {Image: a, User: b}", "condition: s"),
      new: detection("s: [{Image: a}, {User: b}]", "condition: s"), read: ["selections"], kept: ["logic"]),
    Kind(
      name: "condition", old: detection("s: {Image: a}", "t: {User: b}", "condition: s and t"),
      new: detection("s: {Image: a}", "t: {User: b}", "condition: s or t"), read: ["condition"], kept: ["logic"]),
    Kind(
      name: "quantifier", old: detection("s1: {Image: a}", "s2: {User: b}", "condition: 1 of s*"),
      new: detection("s1: {Image: a}", "s2: {User: b}", "condition: all of s*"), read: ["condition"], kept: ["logic"]),
    Kind(
      name: "negation", old: detection("s: {Image: a}", "f: {User: b}", "condition: s and f"),
      new: detection("s: {Image: a}", "f: {User: b}", "condition: s and not f"),
      read: ["condition", "values", "exclusions"], kept: ["values", "exclusions"]),
    // Old aggregations.
    Kind(
      name: "aggregation", old: detection("s: {Image: a}", "condition: s | count() by User > 5"),
      new: detection("s: {Image: a}", "condition: s | count() by User > 50"), read: ["aggregation"], kept: ["logic"]),
    Kind(
      name: "aggregation-added", old: plain, new: detection("s: {Image: a}", "condition: s | count() > 5"),
      read: ["aggregation"], kept: ["logic"]),
    Kind(
      name: "timeframe", old: detection("timeframe: 5m", "s: {Image: a}", "condition: s | count() > 5"),
      new: detection("timeframe: 9h", "s: {Image: a}", "condition: s | count() > 5"), read: ["timespan"],
      kept: ["logic"]),
    Kind(
      name: "aggregation-group", old: detection("s: {Image: a}", "condition: s | count() by User > 5"),
      new: detection("s: {Image: a}", "condition: s | count() by Computer > 5"), read: ["groupBy"], kept: ["logic"]),
    // Correlations.
    Kind(name: "type", old: correlation(), new: correlation("type: value_sum"), read: ["correlation"]),
    Kind(name: "related", old: correlation(), new: correlation("rules: [base, second]"), read: ["correlation"]),
    Kind(name: "span", old: correlation(), new: correlation("timespan: 9m"), read: ["timespan"]),
    Kind(name: "group", old: correlation(), new: correlation("group-by: [Computer, User]"), read: ["groupBy"]),
    Kind(
      name: "threshold", old: correlation(), new: correlation("condition: {gte: 6, field: User}"), read: ["correlation"]
    ),
    Kind(
      name: "counted", old: correlation(), new: correlation("condition: {gte: 5, field: [User, Domain]}"),
      read: ["fields"]),
    Kind(
      name: "percentile", old: correlation("type: value_percentile", "condition: {gte: 5, field: U, percentile: 90}"),
      new: correlation("type: value_percentile", "condition: {gte: 5, field: U, percentile: 95}"),
      read: ["correlation"]),
    Kind(
      name: "alias", old: correlation("aliases: {ip: {base: SourceIp}}"),
      new: correlation("aliases: {ip: {base: DestinationIp}}"), read: ["aliases"]),
    Kind(name: "generated", old: correlation(), new: correlation("generate: true"), read: ["generate"]),
    Kind(
      name: "temporal", old: correlation("type: temporal", "rules: [base, second]", "condition: base and second"),
      new: correlation("type: temporal", "rules: [base, second]", "condition: base or second"), read: ["correlation"]),
    Kind(
      name: "order", old: correlation("type: temporal_ordered", "rules: [base, second]"),
      new: correlation("type: temporal_ordered", "rules: [second, base]"), read: ["correlation"]),
    // Filters.
    Kind(name: "scope", old: filter("[base]"), new: filter("[base, second]"), read: ["scope"]),
    Kind(name: "scope-any", old: filter("[base]"), new: filter("any"), read: ["scope"]),
    Kind(name: "tuned", old: filter("[base]"), new: filter("[base]", "2"), read: ["exclusions"], kept: ["logic"]),
    Kind(
      name: "tuning", old: filter("[base]"), new: filter("[base]", condition: "s"),
      read: ["condition", "values", "exclusions"], kept: ["logic"]),
    // What else a rule is.
    Kind(
      name: "class", old: plain, new: filter("[base]", "a", condition: "s"),
      read: ["status", "level", "class", "logic"]),
    Kind(
      name: "log", old: plain, new: plain.replacing("process_creation", with: "image_load"),
      read: ["logsource", "events"]),
    Kind(name: "level", old: plain, new: plain.replacing("level: low", with: "level: high"), read: ["level"]),
    Kind(name: "status", old: plain, new: plain.replacing("status: test", with: "status: stable"), read: ["status"]),
    Kind(name: "described", old: plain, new: "description: d\n" + plain, read: ["description"]),
    Kind(name: "author", old: "author: A\n" + plain, new: "author: B\n" + plain, read: ["authors"]),
    Kind(name: "date", old: "date: 2026-01-01\n" + plain, new: "date: 2026-01-02\n" + plain, read: ["date"]),
    Kind(name: "modified", old: plain, new: "modified: 2026-01-02\n" + plain, read: ["modified"]),
    Kind(name: "reference", old: plain, new: "references: [https://example.org]\n" + plain, read: ["references"]),
    Kind(
      name: "false-positives", old: plain, new: "falsepositives: [Tests]\n" + plain, read: ["falsePositives"]),
    Kind(
      name: "simulation", old: "simulation: [{type: atomic-red-team, name: A, technique: T1059.001}]\n" + plain,
      new: "simulation: [{type: atomic-red-team, name: A, technique: T1059.003}]\n" + plain, read: ["simulations"]),
    Kind(name: "tag", old: plain, new: "tags: [car.2016-04-002]\n" + plain, read: ["tags"]),
    Kind(name: "technique", old: plain, new: "tags: [attack.t1059]\n" + plain, read: ["techniques"]),
    Kind(name: "tactic", old: plain, new: "tags: [attack.execution]\n" + plain, read: ["tactics"]),
    // What is the same, however it is written.
    Kind(
      name: "renamed-selection", old: detection("a: {Image: a}", "f: {User: b}", "condition: a and not f"),
      new: detection("g: {User: b}", "b: {Image: a}", "condition: not g and b"), read: []),
    Kind(
      name: "other-order", old: detection("s: {Image: [a, b], User: c}", "condition: s"),
      new: detection("s: {User: c, Image: [b, a]}", "condition: s"), read: []),
    Kind(
      name: "same-span", old: correlation("timespan: 60m", "group-by: [a, b]"),
      new: correlation("timespan: 1h", "group-by: [b, a]"), read: []),
    Kind(
      name: "undone-not",
      old: detection("s: {Image: a}", "f1: {User: b}", "f2: {User: c}", "condition: s and not 1 of f*"),
      new: detection("s: {Image: a}", "f1: {User: b}", "f2: {User: c}", "condition: s and not f1 and not f2"), read: []),
  ]

  private let folder = TemporaryFolder()

  /// The catalog in which each kind is a file, and two rules that others name.
  private func write(_ body: (Kind) -> String, to path: String) {
    for (number, kind) in Self.kinds.enumerated() {
      let id = "0a000038-0000-4000-8000-0000000000\(number + 10)"
      folder.write("title: Rule \(kind.name)\nid: \(id)\n" + body(kind), to: "\(path)/\(kind.name).yml")
    }
    for (number, name) in ["base", "second"].enumerated() {
      folder.write(
        "title: \(name)\nname: \(name)\nid: 0a000038-0000-4000-8000-00000000009\(number)\n" + Self.plain,
        to: "\(path)/\(name).yml")
    }
  }

  private struct Report: Decodable {
    struct Change: Decodable {
      var rule: String
      var changes: [String]
    }
    var changed: [Change]
    var added: [String]
    var removed: [String]
  }

  private func kept(_ path: String) throws -> String {
    let result = try run(builtProgram, ["build", path, "-o", "site-\(path)"], in: folder.path)
    try #require(result.code == 0, "\(result.errors)")
    return "site-\(path)/catalog.json"
  }

  enum Sides: CaseIterable {
    case folders, revision, keptAndFolder, keptAndRevision, keptFiles
  }

  @Test(arguments: Sides.allCases)
  func findsEachKind(between sides: Sides) throws {
    write({ $0.old }, to: "rules")
    func git(_ arguments: String...) throws {
      let result = try run(
        "git", ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
      try #require(result.code == 0, "\(result.errors)")
    }
    if sides == .revision || sides == .keptAndRevision {
      try git("init", "-q")
      try git("add", "rules")
      try git("commit", "-qm", "before")
    }
    write({ $0.new }, to: "new")
    let (old, new) =
      switch sides {
      case .folders: ("rules", "new")
      case .revision: ("git:HEAD:rules", "new")
      case .keptAndFolder: (try kept("rules"), "new")
      // The other way round: what is kept is the newer state.
      case .keptAndRevision: ("git:HEAD:rules", try kept("new"))
      case .keptFiles: (try kept("rules"), try kept("new"))
      }
    let isKept = sides != .folders && sides != .revision
    let result = try run(builtProgram, ["diff", old, new, "--format", "json"], in: folder.path)
    try #require(result.code == 0, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(report.added == [])
    #expect(report.removed == [])
    #expect(!result.output.contains("notCompared"))
    let found = Dictionary(uniqueKeysWithValues: report.changed.map { ($0.rule, $0.changes) })
    for kind in Self.kinds {
      #expect(found["sigma/\(kind.name)", default: []] == (isKept ? kind.kept ?? kind.read : kind.read), "\(kind.name)")
    }
    #expect(found.count == Self.kinds.count { !$0.read.isEmpty })
  }

  /// A file of format 1 has what it has, and the report says the rest.
  @Test(arguments: ["table", "markdown", "json"])
  func saysWhatAFileOfFormat1CannotShow(format: String) throws {
    write({ $0.old }, to: "rules")
    write({ $0.new }, to: "new")
    let kept = try kept("rules")
    let text = try #require(folder.read(kept))
    // As format 1 was: without these members.
    var old = text.replacing(#""format":2"#, with: #""format":1"#)
    old = old.replacing(try Regex(#""logic":"[0-9a-f]{16}","#), with: "")
    old = old.replacing(try Regex(#","fields":\[[^\]]*\],"aliases":\[.*\],"generate":(true|false)\}"#), with: "}")
    try #require(!old.contains("logic") && !old.contains("aliases") && !old.contains("generate\""))
    folder.write(old, to: "old.json")
    let result = try run(builtProgram, ["diff", "old.json", "new", "--format", format], in: folder.path)
    #expect(result.code == 0)
    if format == "json" {
      #expect(
        result.output.hasSuffix(
          #""notCompared":["condition","selections","aggregation","fields","aliases","generate"]}"# + "\n"))
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      let found = Set(report.changed.map { String($0.rule.dropFirst(6)) })
      let unseen = Set(
        Self.kinds.filter {
          ($0.kept ?? $0.read) == ["logic"] || ["fields", "aliases", "generate"].contains($0.read.first)
        }.map(\.name))
      let expected = Set(Self.kinds.filter { !$0.read.isEmpty }.map(\.name)).subtracting(unseen)
      #expect(found == expected)
    } else {
      #expect(result.output.contains("catalog.json is of format 1"))
    }
    let same = try run(builtProgram, ["diff", "old.json", "rules"], in: folder.path)
    #expect(same.output.hasSuffix("\n\nNothing changed\n"))
  }
}
