import Analysis
import Attack
import Diagnostics
import RuleModel
import TestSupport
import Testing

/// Which rules of two states are the same, and what versions of ATT&CK and names of collections make of them.
@Suite struct CatalogChangesTests {
  private func entry(
    _ source: String, slug: String? = nil, id: String? = nil, title: String? = nil, techniques: [String] = [],
    tags: [String] = []
  ) -> CatalogSnapshot.Entry {
    let stem = String(source.split(separator: "/").last?.split(separator: ".").first ?? "")
    let position = SourcePosition(line: 1, column: 1)
    let attackTags = tags.map { AttackTag($0, at: SourceSpan(position)) }
    return CatalogSnapshot.Entry(
      key: RuleKey(dialect: .sigma, slug: slug ?? stem), id: id, title: title ?? "Title of \(stem)", source: source,
      isCounted: true, techniques: techniques.compactMap { TechniqueID($0) }, events: [],
      parts: RuleParts(
        RuleParts.Kept(
          texts: [.title: [title ?? "Title of \(stem)"], .techniques: techniques, .tactics: [], .tags: tags],
          attackTags: attackTags)))
  }

  private func snapshot(
    _ entries: [CatalogSnapshot.Entry], collections: [String]? = nil, findings: [Diagnostic] = [],
    attack: String = "19.2"
  ) -> CatalogSnapshot {
    CatalogSnapshot(
      entries: entries.sorted { $0.key < $1.key }, findings: findings,
      attack: AttackVersion(domain: "enterprise-attack", version: attack), collections: collections)
  }

  /// What changed in short.
  private func words(_ changes: CatalogChanges) -> [String] {
    changes.added.map { "+ \($0.source)" } + changes.removed.map { "- \($0.source)" }
      + changes.moved.map { "> \($0.old.source) \($0.new.source)" }
      + changes.changed.map { "~ \($0.new.source) \($0.parts.map(\.rawValue).joined(separator: " "))" }
      + changes.newFindings.map { "new \($0.location.path)" } + changes.goneFindings.map { "gone \($0.location.path)" }
  }

  // MARK: Collections

  /// Rules in one folder, and the same beside another folder's.
  private static let names: [(old: [String]?, new: [String]?)] = [
    ([], ["ours", "theirs"]), (nil, ["ours", "theirs"]), ([], nil), (nil, nil),
  ]

  @Test(arguments: names)
  func aFolderMoreRenamesNoRule(old: [String]?, new: [String]?) {
    let before = [entry("a.yml", id: "1"), entry("x/b.yml"), entry("x/c.yml")]
    // A file of the other folder has the name of one of ours, which makes both keys longer.
    let after = [
      entry("ours/a.yml", id: "1"), entry("ours/x/b.yml", slug: "b-1-1a2b3c4d", title: "Title of b"),
      entry("ours/x/c.yml"), entry("theirs/b.yml", slug: "b-1-5e6f7a8b", title: "Another"),
    ]
    let (one, other) = (snapshot(before, collections: old), snapshot(after, collections: new))
    #expect(words(CatalogChanges(from: one, to: other, attack: nil)) == ["+ theirs/b.yml"])
    #expect(words(CatalogChanges(from: other, to: one, attack: nil)) == ["- theirs/b.yml"])
  }

  @Test func findsWhatMovedBesideAFolderMore() {
    let before = snapshot([entry("a.yml", id: "1"), entry("b.yml", id: "2"), entry("c.yml", id: "3")])
    let after = snapshot([
      entry("ours/a.yml", id: "1"), entry("ours/b.yml", id: "2"), entry("ours/x/c.yml", id: "3"),
      entry("theirs/d.yml", id: "4"),
    ])
    #expect(words(CatalogChanges(from: before, to: after, attack: nil)) == ["+ theirs/d.yml", "> c.yml ours/x/c.yml"])
  }

  /// Folders of one collection aren't collections.
  @Test(arguments: [[], nil] as [[String]?])
  func aFileInAnotherFolderHasMoved(collections: [String]?) {
    let before = snapshot([entry("a.yml", id: "1"), entry("b.yml", id: "2")], collections: collections)
    let one = snapshot([entry("sub/a.yml", id: "1"), entry("b.yml", id: "2")], collections: collections)
    #expect(words(CatalogChanges(from: before, to: one, attack: nil)) == ["> a.yml sub/a.yml"])
    #expect(words(CatalogChanges(from: one, to: before, attack: nil)) == ["> sub/a.yml a.yml"])
    let both = snapshot([entry("sub/a.yml", id: "1"), entry("sub/b.yml", id: "2")], collections: collections)
    #expect(
      words(CatalogChanges(from: before, to: both, attack: nil)) == ["> a.yml sub/a.yml", "> b.yml sub/b.yml"])
  }

  @Test func findingsGoWithTheirFiles() {
    func finding(_ path: String, _ message: String, line: Int = 1) -> Diagnostic {
      Diagnostic(.ruleRelated, at: SourceLocation(path: path, line: line, column: 1), message)
    }
    let before = snapshot(
      [entry("a.yml", id: "1"), entry("b.yml", id: "2")], collections: [],
      findings: [finding("a.yml", "like 'b.yml'"), finding("b.yml", "odd"), finding("b.yml", "odd", line: 2)])
    let after = snapshot(
      [entry("ours/a.yml", id: "1"), entry("ours/x/b.yml", id: "2"), entry("theirs/c.yml")],
      collections: ["ours", "theirs"],
      findings: [finding("ours/a.yml", "like 'ours/b.yml'", line: 7), finding("ours/x/b.yml", "odd")])
    #expect(
      words(CatalogChanges(from: before, to: after, attack: nil))
        == ["+ theirs/c.yml", "> b.yml ours/x/b.yml", "gone b.yml"])
  }

  // MARK: Which rules are the same

  @Test(
    arguments: [
      // By id, whatever became of the file and the title.
      ([("a.yml", "1", "T")], [("x/b.yml", "1", "U")], ["> a.yml x/b.yml", "~ x/b.yml title"]),
      // By id and file, where others have the id too.
      (
        [("a.yml", "1", "T"), ("b.yml", "1", "T")], [("a.yml", "1", "U"), ("b.yml", "1", "T")], ["~ a.yml title"]
      ),
      // By file, where the id is new.
      ([("a.yml", nil, "T")], [("a.yml", "1", "T")], []),
      // By file and title, where the file has several.
      (
        [("a.yml", nil, "T"), ("a.yml", nil, "U")], [("a.yml", nil, "U"), ("a.yml", nil, "T"), ("a.yml", nil, "V")],
        ["+ a.yml"]
      ),
      // By key, in another folder.
      ([("x/a.yml", nil, "T")], [("y/a.yml", nil, "U")], ["> x/a.yml y/a.yml", "~ y/a.yml title"]),
      // By title, in a file of another name.
      ([("x/a.yml", nil, "T")], [("y/b.yml", nil, "T")], ["> x/a.yml y/b.yml"]),
      // Other ids, other files: other rules.
      ([("a.yml", "1", "T")], [("b.yml", "2", "T")], ["+ b.yml", "- a.yml"]),
    ] as [([(String, String?, String)], [(String, String?, String)], [String])])
  func pairsRules(old: [(String, String?, String)], new: [(String, String?, String)], expected: [String]) {
    func entries(_ rules: [(String, String?, String)]) -> [CatalogSnapshot.Entry] {
      rules.enumerated().map { number, rule in
        let stem = rule.0.split(separator: "/").last?.dropLast(4) ?? ""
        let isShared = rules.count { $0.0 == rule.0 } > 1
        return entry(rule.0, slug: isShared ? "\(stem)-\(number + 1)" : nil, id: rule.1, title: rule.2)
      }
    }
    let changes = CatalogChanges(
      from: snapshot(entries(old), collections: []), to: snapshot(entries(new), collections: []), attack: nil)
    #expect(words(changes) == expected)
  }

  // MARK: ATT&CK

  /// In 2.0, T1002 became T1003, T1001.001 became a technique of its own, T1004 ended, and so did the tactic "evasion".
  private static let matrix = """
    {"format": 1, "domain": "enterprise-attack", "version": "2.0", "notice": "n",
     "tactics": [{"id": "TA0001", "name": "Hiding", "shortname": "hiding"},
       {"id": "TA0002", "name": "Harming", "shortname": "harming"}],
     "techniques": [{"id": "T1001", "name": "One", "tactics": "TA0001"},
       {"id": "T1001.001", "name": "One, A", "revokedBy": "T1005"},
       {"id": "T1002", "name": "Two", "revokedBy": "T1003"},
       {"id": "T1003", "name": "Three", "tactics": "TA0002"},
       {"id": "T1004", "name": "Four", "deprecated": true},
       {"id": "T1005", "name": "Five", "tactics": "TA0001"}],
     "groups": [], "software": []}
    """

  private static let retired =
    #"{"tactics": [{"name": "Evasion", "shortname": "evasion", "endedIn": "2", "successors": ["hiding", "harming"]}]}"#

  private func matrix() throws -> AttackMatrix {
    try AttackMatrix(
      parsing: Array(Self.matrix.utf8), retiredTactics: try parseRetiredTactics(Array(Self.retired.utf8)))
  }

  @Test(
    arguments: [
      // An unchanged rule, whose ids are other ones now: nothing is lost, nothing gained.
      (["T1002"], ["T1003"], ["t1002"], ["t1002"], []),
      (["T1001.001"], ["T1005"], ["t1001.001"], ["t1001.001"], []),
      (["T1004"], [], ["t1004"], ["t1004"], []),
      (["T1001", "T1002"], ["T1001", "T1003"], ["evasion", "t1001", "t1002"], ["evasion", "t1001", "t1002"], []),
      // A tag that the old version didn't have yet.
      ([], ["T1005"], ["t1005"], ["t1005"], []),
      // A rule whose tags were carried.
      (["T1002"], ["T1003"], ["evasion", "t1002"], ["harming", "t1003"], ["tags"]),
      // A rule that names another technique.
      (["T1002"], ["T1001"], ["t1002"], ["t1001"], ["techniques", "gained T1001", "lost T1003"]),
    ] as [([String], [String], [String], [String], [String])])
  func carriesIDsToTheNewerVersion(
    old: [String], new: [String], oldTags: [String], newTags: [String], expected: [String]
  ) throws {
    let changes = CatalogChanges(
      from: snapshot([entry("a.yml", id: "1", techniques: old, tags: oldTags)], attack: "1.9"),
      to: snapshot([entry("a.yml", id: "1", techniques: new, tags: newTags)], attack: "2.0"), attack: try matrix())
    let found =
      changes.changed.flatMap { $0.parts.map(\.rawValue) } + changes.techniques.gained.map { "gained \($0)" }
      + changes.techniques.lost.map { "lost \($0)" }
    #expect(found == expected)
    #expect(changes.hasOtherAttack)
    #expect(
      changes.attackRemark
        == "ATT&CK's version changed from 1.9 to 2.0; revoked ids count as those that replaced them")
  }

  /// Between states of one version, a rule that names the id which took another's place has changed.
  @Test func carriesNothingWithinAVersion() throws {
    let changes = CatalogChanges(
      from: snapshot([entry("a.yml", id: "1", techniques: ["T1002"], tags: ["t1002"])], attack: "1.9"),
      to: snapshot([entry("a.yml", id: "1", techniques: ["T1003"], tags: ["t1003"])], attack: "1.9"),
      attack: try matrix())
    #expect(changes.techniques.gained.map(\.description) == ["T1003"])
    #expect(changes.techniques.lost.map(\.description) == ["T1002"])
    #expect(changes.attackRemark == nil)
  }

  /// Of an id that only a newer version than the loaded one has, nothing is said but that it is there.
  @Test func keepsWhatTheMatrixIsTooOldFor() throws {
    let state = snapshot([entry("a.yml", id: "1", techniques: ["T1009"], tags: ["t1009"])], attack: "3.0")
    #expect(CatalogTotals(state.carried(to: try matrix())).techniques == 1)
  }

  @Test func findingsThatNameTheVersionAreTheSame() throws {
    func finding(_ version: String) -> Diagnostic {
      Diagnostic(
        .attackRevoked, at: SourceLocation(path: "a.yml"), "T1 is revoked in ATT&CK Enterprise \(version); write T2")
    }
    let changes = CatalogChanges(
      from: snapshot([entry("a.yml", id: "1")], findings: [finding("1.9")], attack: "1.9"),
      to: snapshot([entry("a.yml", id: "1")], findings: [finding("2.0")], attack: "2.0"), attack: try matrix())
    #expect(changes.isEmpty)
  }
}
