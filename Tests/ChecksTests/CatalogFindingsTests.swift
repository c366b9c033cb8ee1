import Analysis
import Checks
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

/// What is found in rules by all that is known of their catalog.
@Suite struct CatalogFindingsTests {
  private func rule(_ slug: String, _ value: String, _ change: (inout RuleDraft) -> Void = { _ in }) -> Rule {
    let source = RuleSource(in: SourceFile(path: "rules/\(slug).yml", source: "\(slug).yml", bytes: []))
    var draft = RuleDraft(key: RuleKey(dialect: .sigma, slug: slug), title: slug, source: source)
    draft.stages = [
      Stage(
        name: "condition", predicate: .test(Test(field: "x", kind: .eq, value: value)),
        position: SourcePosition(line: 1, column: 1))
    ]
    change(&draft)
    return Rule(draft)
  }

  private func found(in rules: [Rule], notes: NamedNotes = NamedNotes()) async throws -> CatalogFindings {
    let map = try EventMap(
      parsing: [("m.yml", Array("logsources: [{product: door, events: [{provider: Door}]}]".utf8))])
    return try await CheckedRules(
      rules, events: map, fields: try FieldMap(parsing: []), notes: notes, settings: quietSettings
    ).findings
  }

  @Test func tellsARuleOfItsDuplicatesButNoRetiredOne() async throws {
    let rules = [
      rule("a", "1"), rule("b", "1"), rule("c", "1"), rule("d", "1") { $0.status = .deprecated }, rule("e", "2"),
    ]
    let duplicates = try await found(in: rules).duplicates
    #expect(
      duplicates.sorted { $0.key < $1.key }.map(\.value.description) == [
        "rules/a.yml:1:1: note: the rule has the same tests in the same condition as 'sigma/b' and 1 more; keep one of them [rule-duplicate]",
        "rules/b.yml:1:1: note: the rule has the same tests in the same condition as 'sigma/a' and 1 more; keep one of them [rule-duplicate]",
        "rules/c.yml:1:1: note: the rule has the same tests in the same condition as 'sigma/a' and 1 more; keep one of them [rule-duplicate]",
      ])
  }

  @Test func joinsWhatReadersAndChecksFindInTheOrderOfPlaces() async throws {
    let loud = rule("a", "1") { draft in
      draft.logSource = LogSource(product: "Door")
      draft.logSourcePosition = SourcePosition(line: 4, column: 3)
      draft.findings = [
        Diagnostic(.ruleTitle, at: SourceLocation(draft.source.file, at: SourcePosition(line: 9, column: 1)), "late"),
        Diagnostic(.ruleTitle, at: SourceLocation(draft.source.file, at: SourcePosition(line: 2, column: 1)), "early"),
      ]
    }
    let unknown = rule("b", "2") { $0.logSource = LogSource(product: "lift") }
    let filter = rule("c", "3") { draft in
      draft.body = .filter(nil, .single)
      draft.logSource = LogSource(product: "lift")
    }
    let findings = try await found(in: [loud, unknown, filter]).ofRules
    #expect(
      findings[0].map(\.description) == [
        "rules/a.yml:2:1: warning: early [rule-title]",
        "rules/a.yml:4:3: warning: the log source 'product: Door' is written 'product: door'; engines compare its names letter by letter [sigma-logsource]",
        "rules/a.yml:9:1: warning: late [rule-title]",
      ])
    #expect(findings[1].map(\.id) == [.logSourceUnmapped])
    #expect(!findings[2].map(\.id).contains(.logSourceUnmapped))
  }

  /// In words, of one check.
  private func words(_ rules: [Rule], of check: CheckID) async throws -> [String] {
    try await found(in: rules).ofRules.all.joined().filter { $0.id == check }.map(\.description)
  }

  @Test(arguments: [
    (Dialect.elastic, "name the indices of a product, or test 'event.dataset'"), (.kusto, "read a table"),
    (.panther, "name its log types, or read a table"),
    (.splunk, "name its data sources, or search a source type or a data model"),
    (.yaral, "test 'metadata.event_type', 'metadata.product_name' or 'metadata.log_type'"),
  ])
  func saysHowARuleWithoutALogSourceGetsEvents(dialect: Dialect, advice: String) async throws {
    let source = RuleSource(in: SourceFile(path: "rules/a.txt", source: "a.txt", bytes: []))
    func made(_ slug: String, _ change: (inout RuleDraft) -> Void = { _ in }) -> Rule {
      rule(slug, slug) { draft in
        draft.key = RuleKey(dialect: dialect, slug: slug)
        draft.source = source
        change(&draft)
      }
    }
    let rules = [
      made("a"), made("b") { $0.logSource = LogSource(product: "lift") }, made("c") { $0.body = .filter(nil, .single) },
      made("d") { $0.body = .hunt(.single) }, made("e") { $0.stages = [] },
    ]
    let expected =
      "rules/a.txt:1:1: note: the rule doesn't say which logs it reads, so it has no events; \(advice) [logsource-missing]"
    #expect(try await words(rules, of: .logSourceMissing) == [expected, expected])
    // Sigma's reader finds it.
    #expect(try await words([rule("a", "1")], of: .logSourceMissing) == [])
  }

  @Test func tellsEachRuleThatSharesItsId() async throws {
    let rules = ["a", "b"].map { slug in
      rule(slug, slug) { ($0.id, $0.idPosition) = ("same", SourcePosition(line: 2, column: 5)) }
    }
    #expect(
      try await words(rules, of: .ruleDuplicateID) == [
        "rules/a.yml:2:5: error: the rule has the id of 'b.yml'; give one of them a new id [rule-duplicate-id]",
        "rules/b.yml:2:5: error: the rule has the id of 'a.yml'; give one of them a new id [rule-duplicate-id]",
      ])
  }

  @Test func tellsRelatedRulesThatAreNotThereOrTheRuleItself() async throws {
    let place = SourcePosition(line: 9, column: 7)
    let related = rule("a", "1") { draft in
      draft.id = "aaaa"
      // A renamed rule's old id belongs to nobody any more.
      draft.related = [(RelatedRule.Kind.renamed, "old"), (.similar, "AAAA"), (.derived, "gone"), (.derived, "BBBB")]
        .map {
          RelatedRule(kind: $0.0, id: $0.1, position: place)
        }
    }
    #expect(
      try await words([related, rule("b", "2") { $0.id = "bbbb" }], of: .ruleRelated) == [
        "rules/a.yml:9:7: warning: the rule is related to itself; correct the id or remove the entry [rule-related]",
        "rules/a.yml:9:7: note: the related rule 'gone' is not in this catalog; add it or correct the id [rule-related]",
      ])
  }

  @Test func tellsCorrelationsThatRelateThemselves() async throws {
    let rules = [("a", "b"), ("b", "a"), ("c", "a")].map { slug, target in
      rule(slug, slug) { draft in
        draft.id = slug
        draft.body = .correlation(
          Correlation(
            kind: .eventCount, rules: [RuleReference(target, at: SourceSpan(SourcePosition(line: 9, column: 7)))]))
      }
    }
    let circle = "the correlation relates itself, by way of the rules that it names; break the circle"
    #expect(
      try await words(rules, of: .sigmaCorrelation)
        == ["a", "b"].map {
          "rules/\($0).yml:1:1: error: \(circle) [sigma-correlation]"
        })
  }

  private func reference(_ target: String, line: Int = 9) -> RuleReference {
    RuleReference(target, at: SourceSpan(SourcePosition(line: line, column: 7)))
  }

  /// A temporal correlation whose condition, if any, is in line 12, and its aliases in line 14.
  private func correlation(
    _ slug: String, of listed: [String], condition: [String] = [], aliases: [String] = []
  ) -> Rule {
    rule(slug, slug) { draft in
      let names = condition.map { reference($0, line: 12) }
      draft.body = .correlation(
        Correlation(
          kind: .temporal, rules: listed.map { reference($0) },
          aliases: aliases.isEmpty
            ? []
            : [
              Correlation.Alias(
                name: "user", fields: aliases.map { Correlation.Alias.Field("f", of: reference($0, line: 14)) })
            ],
          criterion: condition.isEmpty
            ? nil
            : .expression(
              condition.joined(separator: " and "), logic: .all(names.indices.map { .stage($0) }), names: names)))
    }
  }

  @Test func saysWhatIsWrongWithTheNamesOfACorrelation() async throws {
    func words(_ rules: Rule...) async throws -> [String] {
      let logins = ["login", "logon"].map { name in rule("z" + name, name) { $0.name = name } }
      return try await self.words(rules + logins, of: .sigmaCorrelation).map {
        #expect($0.hasSuffix(" [sigma-correlation]"))
        return String($0.dropLast(" [sigma-correlation]".count))
      }
    }
    let unknown = "error: the catalog has no rule with the id or name"
    #expect(
      try await words(correlation("a", of: ["gone", "login"]))
        == ["rules/a.yml:9:7: \(unknown) 'gone'; add it or correct the name"])
    // Of the listed rules, one that the condition names already isn't what another name was meant to be.
    #expect(
      try await words(correlation("a", of: ["logon", "login"], condition: ["logon", "loginn"])) == [
        "rules/a.yml:9:7: warning: the condition doesn't use 'login'; use it or remove it from 'rules'",
        "rules/a.yml:12:7: \(unknown) 'loginn'; did you mean 'login'?",
      ])
    // A name that is listed is no other way to write it.
    #expect(
      try await words(correlation("a", of: ["gone", "login"], condition: ["login"])).first
        == "rules/a.yml:9:7: \(unknown) 'gone'; add it or correct the name")
    #expect(
      try await words(correlation("a", of: ["login"], condition: ["login", "logon"]))
        == ["rules/a.yml:12:7: warning: 'logon' isn't among the correlation's rules; add it to 'rules'"])
    let aliased = "names '%', which isn't among the correlation's rules;"
    #expect(
      try await words(correlation("a", of: ["login"], aliases: ["login", "logon", "logins", "nobody"]))
        == [
          ("logins", "did you mean 'login'?"), ("logon", "add it to 'rules' or correct the name"),
          ("nobody", "add it to 'rules' or correct the name"),
        ].map { name, advice in
          "rules/a.yml:14:7: error: the alias 'user' \(aliased.replacing("%", with: name)) \(advice)"
        })
    let filter = rule("f", "f") { ($0.id, $0.body) = ("ffff", .filter(.rules([reference("login")]), .single)) }
    #expect(
      try await words(correlation("a", of: ["ffff"]), filter)
        == ["rules/a.yml:9:7: error: 'ffff' is a filter, which can't be correlated; name the rules that it tunes"])
    let named = ["b", "c"].map { slug in rule(slug, slug) { $0.name = "twice" } }
    #expect(
      try await words(correlation("a", of: ["twice"]), named[0], named[1])
        == [
          "rules/a.yml:9:7: error: 'twice' is the name of several rules, in 'b.yml' (line 1) and 'c.yml' (line 1); "
            + "write the rule's id instead"
        ])
  }

  @Test func saysWhatIsWrongWithTheNamesOfAFilter() async throws {
    func words(of scope: FilterScope, _ product: String = "door") async throws -> [String] {
      let filter = rule("f", "f") { draft in
        draft.id = "ffff"
        draft.body = .filter(scope, .single)
        draft.logSource = LogSource(product: product)
        draft.logSourcePosition = SourcePosition(line: 4, column: 3)
      }
      let tuned = rule("r", "r") { ($0.id, $0.logSource) = ("rrrr", LogSource(product: "door")) }
      let correlation = correlation("c", of: ["rrrr"])
      return try await self.words([correlation, filter, tuned], of: .sigmaFilter)
    }
    func named(_ target: String) -> FilterScope { .rules([reference(target)]) }
    func words(_ severity: String, _ message: String, line: Int = 9, column: Int = 7) -> [String] {
      ["rules/f.yml:\(line):\(column): \(severity): \(message) [sigma-filter]"]
    }
    #expect(try await words(of: named("rrrr")) == [])
    #expect(
      try await words(of: named("Any"))
        == words(
          "error",
          "the catalog has no rule with the id or name 'Any'; for all rules of the log source, write 'rules: any' without a list"
        ))
    #expect(
      try await words(of: named("ffff")) == words("error", "'ffff' is a filter itself; name the rules to tune"))
    #expect(
      try await words(of: named("rrrr"), "lift")
        == words(
          "error",
          "'rrrr' has another log source than the filter, so the filter never applies to it; correct one of them"))
    #expect(
      try await words(of: .any, "lift")
        == words(
          "warning",
          "no rule of the catalog has the filter's log source, so that it tunes none; correct the log source or remove the filter",
          line: 4, column: 3))
  }

  @Test func tellsLinksOfNotesThatLeadNowhere() async throws {
    func note(_ path: String) -> Note {
      let links = ["a.yml", "gone.yml", "https://example.com", "#here"].map {
        NoteInline.link(destination: $0, line: 3, [.text("x")])
      }
      return Note(origin: .file, in: SourceFile(path: path, bytes: []), blocks: [.paragraph(links)])
    }
    let noted = rule("a", "1") { $0.notes = [note("a.md")] }
    var named = NamedNotes()
    named.techniques = ["T1059": note("T1059.md")]
    named.events = ["Door/9": note("Door/9.md")]
    let found = try await found(in: [noted], notes: named)
    let link = "leads to no page of the site and is shown as text; correct it [note-link]"
    #expect(found.ofRules[0].contains { $0.description == "a.md:3:1: note: the link to 'gone.yml' \(link)" })
    #expect(
      found.ofNotes.map(\.description) == [
        "Door/9.md: warning: the note is on nothing in the catalog; name it after a provider and an event that rules read, such as Microsoft-Windows-Sysmon/1.md [note-unplaced]",
        "T1059.md: warning: the note is on nothing in the catalog; name it after a technique of ATT&CK 1.0, such as T1059.001.md [note-unplaced]",
      ])
  }
}
