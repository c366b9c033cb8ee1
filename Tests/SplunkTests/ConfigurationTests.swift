import Diagnostics
import DialectReading
import Documents
import RuleModel
import TestSupport
import Testing

@testable import Splunk

/// Saved searches and macros of an app, in its configuration files.
@Suite struct ConfigurationTests {
  private static let file = #"""
    # Ours.
    [default]
    cron_schedule = 0 * * * *

    [Threat - Tasks By Script - Rule]
    action.correlationsearch.enabled = 1
    action.correlationsearch.label = Tasks By Script
    action.correlationsearch.annotations = {"mitre_attack": ["T1053", "T1059.001"], "analytic_story": ["Quiet"]}
    action.risk = 1
    action.risk.param._risk = [{"risk_object_field": "dest", "risk_score": 64}, {"risk_object_field": "u", "risk_score": 81}]
    action.notable = 1
    action.notable.param.severity = low
    description = Finds them.
    disabled = true
    search = index=win sourcetype=wineventlog EventCode=4698 \
      NOT user="svc*" | stats count by user \
      | where count > 5

    [Risk only]
    action.risk = 1
    action.risk.param._risk_score = 10
    search = index=a x=1
    enableSched = 1

    [For someone to run]
    search = index=a x=2
    dispatch.earliest_time = -24h

    [Watched]
    search = | from datamodel:Risk.All_Risk | search x=3
    action.email = 1
    nonsense
    | where x=1
    """#

  @Test func losesOnlyTheStanzaWhoseNameCannotBeRead() throws {
    let text = "[ok]\ndefinition = index=aws a=1\n[bad\ndefinition = index=aws b=1\n[next]\ndefinition = c=1\n"
    let file = ConfigurationFile(Array(text.utf8))
    #expect(file.stanzas.map(\.name) == ["ok", "next"])
    #expect(file.stanzas.map { $0["definition"]?.text } == ["index=aws a=1", "c=1"])
    #expect(file.unread.map(\.line) == [3])
  }

  @Test func readsEachStanza() throws {
    let reading = try #require(try readSplunk(Self.file, path: "savedsearches.conf"))
    let rules = reading.rules.map { Rule($0) }
    #expect(rules.map(\.title) == ["Tasks By Script", "Risk only", "For someone to run", "Watched"])
    #expect(rules.map(\.ruleClass) == [.detection, .detection, .hunt, .forwarder])
    #expect(rules.map(\.raisesSignal) == [false, true, false, false])
    #expect(rules.map(\.level) == [.critical, .informational, nil, nil])
    #expect(rules.map(\.isDisabled) == [true, false, false, false])
    #expect(rules.map(\.source.document) == [1, 2, 3, 4])
    #expect(rules[0].attackTags.map(\.written) == ["T1053", "T1059.001"])
    #expect(rules[0].description == "Finds them.")
    #expect(rules[0].testWords == ["EventCode eq 4698", "not user starts_with svc"])
    #expect(rules[0].logSources == [LogSource(service: "wineventlog")])
    #expect(rules[0].fact("Schedule") == ["0 * * * *"])
    #expect(rules[0].fact("Analytic stories") == ["Quiet"])
    var places: [String] = []
    rules[0].stages.forEachTest { test, _ in places.append("\(test.position.line):\(test.position.column)") }
    #expect(places == ["15:53", "16:12"])
    #expect(
      reading.diagnostics.map { "\($0.location.position.map { "\($0.line)" } ?? "") \($0.message)" } == [
        "32 the line is neither a stanza's name nor a setting; correct it, or end the line before it with a backslash",
        "33 the line is neither a stanza's name nor a setting; correct it, or end the line before it with a backslash",
      ])
  }

  /// Settings of `[default]`, wherever it is, and those before the first stanza hold for every stanza that lacks them.
  @Test func combinesDefaults() throws {
    let text = """
      cron_schedule = 1 * * * *
      action.notable = 1
      [default]
      action.correlationsearch.annotations = {"mitre_attack": ["T1053", \\
        "t1059.001", "T1053"]}
      [one]
      search = x=1
      [default]
      action.notable.param.severity = high
      cron_schedule = 2 * * * *
      [two]
      search = y=1
      action.notable = 0
      cron_schedule = 3 * * * *
      """
    let rules = try readRules(text, path: "savedsearches.conf")
    #expect(rules.map(\.title) == ["one", "two"])
    #expect(rules.map { $0.fact("Schedule") } == [["2 * * * *"], ["3 * * * *"]])
    #expect(rules.map(\.level) == [.high, .high])
    #expect(rules.map(\.ruleClass) == [.detection, .hunt])
    #expect(rules[1].attackTags.map(\.written) == ["T1053", "t1059.001"])
    #expect(rules[1].attackTags.map { "\($0.position.line):\($0.position.column)" } == ["4:58", "5:3"])
  }

  @Test func definesMacrosAndLookups() throws {
    let text = "[sysmon]\ndefinition = source=S\n\n[f(2)]\nargs = a, b\ndefinition = $a$=$b$\n\n[t]\nfilename = t.csv\n"
    #expect(
      try definitions(text, path: "macros.conf").map { "\($0.name.kind.name) \($0.name.text) \($0.position.line)" } == [
        "macro sysmon 1", "macro f(2) 4", "lookup t 8",
      ])
    #expect(try readSplunk(text, path: "macros.conf") == nil)
    let rule = try readRules(
      "[a]\nsearch = `sysmon` `f(x, 1)` | lookup t x\nenableSched = 1\n", path: "savedsearches.conf",
      context: try context([(text, "default/macros.conf")]))[0]
    #expect(rule.testWords == ["x eq 1"])
    #expect(rule.logSources == [LogSource(product: "S")])
    #expect(rule.fact("Lookups") == ["t (default/macros.conf)"])
  }

  @Test func readsOlderAnnotationsAndStories() throws {
    let stories = "[analytic_story://Quiet]\ncategory = Malware\n"
    let rule = try readRules(
      "[a]\nsearch = x=1\naction.escu.mappings = {\"mitre_attack\": [\"T1053\"]}\naction.escu.analytic_story = [\"Quiet\"]\n",
      path: "savedsearches.conf", context: try context([(stories, "analytic_stories.conf")]))[0]
    #expect(rule.attackTags.map(\.written) == ["T1053"])
    #expect(rule.fact("Analytic stories") == ["Quiet (Malware)"])
  }

  @Test func saysThatAnnotationsAreNoJSON() throws {
    let rule = try readRules(
      "[a]\nsearch = x=1\naction.correlationsearch.annotations = {\n", path: "savedsearches.conf")[0]
    #expect(
      rule.findingWords == [
        "3:40: 'action.correlationsearch.annotations' must be JSON; it is left out [rule-field]"
      ])
  }

  @Test(arguments: [
    "server {\n listen 80;\n}\n", "[section]\nkey = value\n", "[a]\nsearch = x\n", "", "[", "\\", "[a\nsearch = \\\n",
  ])
  func isNoRule(text: String) throws {
    #expect(try readSplunk(text, path: "other.conf") == nil)
  }

  @Test(.timeLimit(.minutes(15))) func readsAValueOfManyLines() throws {
    let text = "[a]\nsearch = x \\\n" + String(repeating: "y=1 \\\n", count: 1_000_000) + "z\n[b]\nk = 1\n"
    let file = ConfigurationFile(Array(text.utf8))
    #expect(file.stanzas.map(\.name) == ["a", "b"])
    let setting = try #require(file.stanzas[0]["search"])
    #expect(setting.lines.count == 1_000_002)
    #expect(setting.position(ofByte: 3) == SourcePosition(line: 3, column: 1))
  }

  /// What isn't text is reported where it is, and the rest is read.
  @Test func readsWhatIsTextInABrokenFile() throws {
    let before = "[a]\nsearch = x=1\nenableSched = 1\n[b]\ndescription = "
    let bytes = Array(before.utf8) + [0, 0xFF, 1] + Array("\nsearch = y=1\nenableSched = 1\n".utf8)
    let document = try SourceDocument(SourceFile(path: "savedsearches.conf", bytes: bytes))
    try #require(DialectReader.splunk.recognises(document))
    let rules = DialectReader.splunk.read(document, DialectContext()).rules.map { Rule($0) }
    #expect(rules.map(\.testWords) == [["x eq 1"], ["y eq 1"]])
    #expect(rules[1].description == "\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(
      document.faults.map { $0.diagnostic(in: document.file).description } == [
        "savedsearches.conf:5:15: error: the file has a zero byte, which isn't text and will show as U+FFFD; save the file as UTF-8 [not-text]",
        "savedsearches.conf:5:16: warning: a byte sequence isn't UTF-8 and will show as U+FFFD; save the file as UTF-8 [not-utf8]",
        "savedsearches.conf:5:17: warning: a control character is not allowed in text files and shown as U+FFFD; remove them [forbidden-character]",
      ])
    #expect(document.failure?.id == .notText)
  }

  @Test(arguments: [
    ("name: a\nsearch: x\n", "a.yml", true), ("# ours\n---\nname: a\nsearch: x\n", "a.yml", true),
    ("name: a\nsearch: x\n---\nname: m\ndefinition: y\n", "a.yml", false),
    ("name: a\nsearch: x\n...\nname: m\ndefinition: y\n", "a.yml", false),
    ("[a]\nsearch = x\n[m]\n definition = y\n", "a.conf", false), ("name: a\nsearches: x\n", "a.yml", false),
    ("", "a.yml", false),
  ])
  func knowsThatAFileDefinesNothing(text: String, path: String, expected: Bool) {
    #expect(DialectReader.splunk.companions?.definesNothing(Array(text.utf8), path) == expected)
  }

  @Test func coloursWithoutChangingABit() {
    let lines = DialectReader.splunk.colouring(Self.file, 1, "savedsearches.conf")
    #expect(lines.map(\.whole).joined() == Self.file)
    #expect(lines.filter { $0.keyKind == .definition }.map(\.number) == [2, 5, 19, 25, 29])
    #expect(lines[15].query.first { $0.colour == .operator }?.text == "NOT")
  }
}
