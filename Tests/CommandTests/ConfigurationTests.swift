import Checks
import Diagnostics
import Reading
import RuleModel
import Testing
import Text

@testable import Commands

/// What `ruledex.yml` may say, and each message, whole.
@Suite struct ConfigurationTests {
  private func configuration(_ text: String, folder: String = "conf/") throws -> Configuration {
    try Configuration(parsing: Array(text.utf8), path: "conf/ruledex.yml", folder: folder)
  }

  private func errors(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try Configuration(parsing: Array(text.utf8), path: "ruledex.yml", folder: "")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  @Test func takesEachKey() throws {
    let all = try configuration(
      """
      title: Our rules
      paths: [rules, {path: other/rules, name: second}, /opt/rules]
      include: ['*.yml']
      exclude: [old/**, draft.yml]
      statuses: [stable, test]
      base-url: https://example.org/rules
      repository: https://git.example.org/rules/blob/main/{path}
      output: public
      templates: looks
      attack: data/attack.json
      events: [events.yml, more/events.yml]
      fields: fields.yml
      telemetry: telemetry.yml
      baseline: [/opt/sigma/rules, others]
      history: reviews
      counted: [detection, hunt]
      counted-disabled: true
      pages: {techniques: covered}
      limits: {file-bytes: 1000, nesting: 10, alias-bytes: 2000, tests: 5, note-bytes: 300, picture-bytes: 400, work: 7}
      checks: {value-covered: off, rule-level: error}
      """)
    #expect(all.title == "Our rules")
    #expect(
      all.paths == [
        CatalogRequest.Root(path: "conf/rules", name: "rules"),
        CatalogRequest.Root(path: "conf/other/rules", name: "second"),
        CatalogRequest.Root(path: "/opt/rules", name: "rules"),
      ])
    #expect(all.include == [Glob("*.yml")])
    #expect(all.exclude == [Glob("old/**"), Glob("draft.yml")])
    #expect(all.statuses == [.stable, .test])
    #expect(all.baseURL == "https://example.org/rules/")
    #expect(all.repository == "https://git.example.org/rules/blob/main/{path}")
    #expect(all.output == "conf/public")
    #expect(all.templates == "conf/looks")
    #expect(all.attack == "conf/data/attack.json")
    #expect(all.events == ["conf/events.yml", "conf/more/events.yml"])
    #expect(all.fields == ["conf/fields.yml"])
    #expect(all.telemetry == "conf/telemetry.yml")
    let limits = all.limits
    #expect([limits.fileBytes, limits.nesting, limits.aliasBytes] == [1000, 10, 2000])
    #expect([limits.tests, limits.noteBytes, limits.pictureBytes, limits.work] == [5, 300, 400, 7])
    #expect(all.baseline == ["/opt/sigma/rules", "conf/others"])
    #expect(all.history == ["conf/reviews"])
    #expect(all.counted == CountedRules(classes: [.detection, .hunt], includesDisabled: true))
    #expect(all.techniquePages == .covered)
    #expect(all.checks == CheckSettings([.valueCovered: .off, .ruleLevel: .on(.error)]))
  }

  @Test(arguments: ["", "# nothing yet\n", "{}"])
  func hasDefaultsForAllThatIsLeftOut(text: String) throws {
    let none = try configuration(text)
    #expect(none.title == "Detection rules")
    #expect(none.paths.isEmpty && none.include.isEmpty && none.exclude.isEmpty)
    #expect(none.events.isEmpty && none.fields.isEmpty)
    #expect(none.statuses == nil && none.baseURL == nil && none.repository == nil)
    #expect(none.output == nil && none.templates == nil && none.attack == nil)
    #expect(none.techniquePages == .all && none.counted == CountedRules())
  }

  @Test func takesOneValueWhereAListMayStand() throws {
    let one = try configuration("paths: rules\ninclude: a\nexclude: b\nstatuses: stable\nevents: e.yml\n")
    #expect(one.paths == [CatalogRequest.Root(path: "conf/rules", name: "rules")])
    #expect(one.include == [Glob("a")] && one.exclude == [Glob("b")])
    #expect(one.statuses == [.stable])
    #expect(one.events == ["conf/e.yml"])
  }

  @Test(arguments: [("", "rules", "rules"), ("conf/", "../rules", "conf/../rules"), ("conf/", "/rules", "/rules")])
  func countsPathsFromItsOwnFolder(folder: String, path: String, expected: String) throws {
    let configuration = try configuration("paths: ['\(path)']\noutput: '\(path)'\n", folder: folder)
    #expect(configuration.paths.map(\.path) == [expected])
    #expect(configuration.output == expected)
  }

  @Test(arguments: [
    // Names
    ("titel: x", "1:1: error: unknown key 'titel'; did you mean 'title'?"),
    ("title: x\nbase_url: y", "2:1: error: unknown key 'base_url'; did you mean 'base-url'?"),
    (
      "verbose: true",
      "1:1: error: unknown key 'verbose'; the keys are title, paths, include, exclude, statuses, base-url, repository, "
        + "output, templates, attack, events, fields, telemetry, baseline, history, scope, accepted, counted, counted-disabled, pages, notes, limits, checks"
    ),
    ("paths: [{path: a, nmae: b}]", "1:19: error: unknown key 'nmae'; did you mean 'name'?"),
    ("paths:\n  - name: b", "2:5: error: an entry of 'paths' needs a 'path'; add it"),
    ("statuses: [stable, tset]", "1:20: error: unknown status 'tset'; did you mean 'test'?"),
    (
      "statuses: [draft]",
      "1:12: error: unknown status 'draft'; write one of stable, test, experimental, deprecated, unsupported"
    ),
    ("counted: filter", "1:10: error: unknown class 'filter'; write one of detection, hunt"),
    ("counted-disabled: perhaps", "1:19: error: 'counted-disabled' must be true or false"),
    ("notes: {technique: a}", "1:9: error: unknown key 'technique'; did you mean 'techniques'?"),
    ("notes: runbook", "1:8: error: 'notes' must be a map, such as {fields: [runbook]}"),
    ("pages: {techniques: cover}", "1:21: error: unknown choice 'cover'; did you mean 'covered'?"),
    ("pages: {techniques: some}", "1:21: error: unknown choice 'some'; write one of all, covered"),
    ("limits: 5", "1:9: error: 'limits' must be a map, such as {file-bytes: 8388608}"),
    ("checks: off", "1:9: error: 'checks' must be a map, such as {rule-id-missing: off}"),
    ("checks: {value-coverd: off}", "1:10: error: no check is called 'value-coverd'; did you mean 'value-covered'?"),
    ("checks: {never: off}", "1:10: error: no check is called 'never'; see 'ruledex lint --explain all'"),
    ("checks: {value-covered: maybe}", "1:25: error: a check is set to one of off, note, warning, error"),
    ("limits: {file-byte: 5}", "1:10: error: unknown key 'file-byte'; did you mean 'file-bytes'?"),
    ("limits: {work: 0}", "1:16: error: 'work' must be a number from 1 to 1000000"),
    ("limits: {nesting: 257}", "1:19: error: 'nesting' must be a number from 1 to 256"),
    ("pages: {technique: all}", "1:9: error: unknown key 'technique'; did you mean 'techniques'?"),
    // Forms
    ("[a, b]", "1:1: error: the configuration must be a map of keys; see the README"),
    ("just text", "1:1: error: the configuration must be a map of keys; see the README"),
    ("title: [a]", "1:8: error: 'title' must be a text"),
    ("title:", "1:7: error: 'title' must be a text"),
    ("title: ''", "1:8: error: 'title' must be a text"),
    ("paths: [[a]]", "1:9: error: 'path' must be a text"),
    ("include: [{a: b}]", "1:11: error: 'include' must be a text"),
    ("exclude: [null]", "1:11: error: 'exclude' must be a text"),
    ("output: {}", "1:9: error: 'output' must be a text"),
    ("pages: covered", "1:8: error: 'pages' must be a map, such as {techniques: covered}"),
    (
      "base-url: example.org",
      "1:11: error: 'example.org' isn't the address of a site; write one that starts with https:// or http://"
    ),
    (
      "base-url: 'javascript:alert(1)'",
      "1:11: error: 'javascript:alert(1)' isn't the address of a site; write one that starts with https:// or http://"
    ),
    (
      "base-url: 'https://'",
      "1:11: error: 'https://' isn't the address of a site; write one that starts with https:// or http://"
    ),
    (
      "base-url: 'https://a b'",
      "1:11: error: 'https://a b' isn't the address of a site; write one that starts with https:// or http://"
    ),
    (
      "repository: https://git.example.org/rules",
      "1:13: error: 'repository' must be an http or https address with {file} or {path} where a rule's path belongs"
    ),
    (
      "repository: '{path}'",
      "1:13: error: 'repository' must be an http or https address with {file} or {path} where a rule's path belongs"
    ),
  ])
  func saysWhereAndWhatIsWrong(text: String, expected: String) {
    #expect(errors(text) == ["ruledex.yml:" + expected + " [configuration]"])
  }

  @Test func tellsAllThatIsWrongAtOnce() {
    #expect(
      errors("title: []\npaths: [{}]\ncolour: red\nexclude: old\n").map { $0.prefix(16) } == [
        "ruledex.yml:1:8:", "ruledex.yml:2:9:", "ruledex.yml:3:1:",
      ])
  }

  @Test(arguments: [
    (
      "title: a\ntitle: b",
      "2:1: error: the key 'title' is in line 1 already; the last one holds, so rename or remove one of them "
        + "[yaml-duplicate-key]"
    ),
    (
      "title: 'a",
      "1:8: error: the quote that starts here isn't closed; write the same quote at the end of the value [yaml-syntax]"
    ),
    ("paths:\n\t- a", "2:1: error: a tab can't indent or start a value; use spaces [yaml-syntax]"),
    (
      "title: *t",
      "1:8: error: '*t' is an alias in YAML, and no anchor '&t' is before it; put the value in single quotes, or add the anchor [yaml-syntax]"
    ),
  ])
  func saysWhereItIsNoYAML(text: String, expected: String) {
    #expect(errors(text) == ["ruledex.yml:" + expected])
  }
}
