import Diagnostics
import Documents
import RuleModel
import Sigma
import Testing

/// What a document is, and what is said of one that is only meant to be a rule.
@Suite struct RecognitionTests {
  private static let logSource = "logsource: {product: windows}\n"
  private static let filter = "{rules: [one], selection: {A: 1}, condition: not selection}"
  private static let correlation = "{type: temporal, rules: [one, two], group-by: [host], timespan: 5m}"

  private func isSigma(_ text: String) throws -> Bool {
    try parseYAML(Array(text.utf8)).contains(where: Sigma.isSigma)
  }

  /// A broken filter or correlation must not count as a detection.
  @Test(arguments: [
    (
      "filter: [a]", RuleClass.filter,
      "3:9: error: the section 'filter' must be a map; write keys and values [sigma-filter]"
    ),
    ("filter: text", .filter, "3:9: error: the section 'filter' must be a map; write keys and values [sigma-filter]"),
    ("filter:", .filter, "3:8: error: the section 'filter' must be a map; write keys and values [sigma-filter]"),
    (
      "filters: \(filter)", .filter,
      "3:1: error: no rule has a section 'filters'; did you mean 'filter'? [sigma-filter]"
    ),
    ("fitler: \(filter)", .filter, "3:1: error: no rule has a section 'fitler'; did you mean 'filter'? [sigma-filter]"),
    ("Filter: \(filter)", .filter, "3:1: error: no rule has a section 'Filter'; did you mean 'filter'? [sigma-filter]"),
    (
      "correlation: []", .correlation,
      "3:14: error: the section 'correlation' must be a map; write keys and values [sigma-correlation]"
    ),
    (
      "corelation: \(correlation)", .correlation,
      "3:1: error: no rule has a section 'corelation'; did you mean 'correlation'? [sigma-correlation]"
    ),
  ])
  func takesABrokenSectionBesideALogSourceForWhatItIsMeantToBe(
    section: String, ruleClass: RuleClass, expected: String
  ) throws {
    let rule = try readRule("title: T\n" + RecognitionTests.logSource + section + "\n")
    #expect(rule.ruleClass == ruleClass)
    #expect(!CountedRules().contains(rule))
    #expect(rule.findings.map(\.description) == ["rule.yml:" + expected])
  }

  @Test(arguments: [
    ("rules: []", 10), ("rules:", 9), ("rules: ~", 10),
  ])
  func reportsAFilterThatNamesNoRules(rules: String, column: Int) throws {
    let rule = try readRule(
      "title: T\n" + RecognitionTests.logSource + "filter:\n  \(rules)\n  s: {A: 1}\n  condition: not s\n")
    #expect(rule.filter == .rules([]))
    #expect(
      rule.findings.map(\.description) == [
        "rule.yml:4:\(column): error: the filter names no rules; add 'rules' with their ids or names, or 'any' [sigma-filter]"
      ])
  }

  /// Engines look for a correlation first, then for a filter.
  @Test(arguments: [
    ("correlation", correlation, RuleClass.correlation), ("filter", filter, .filter),
    ("correlation", "[]", .detection),
  ])
  func reportsADetectionBesideAnotherSection(name: String, section: String, ruleClass: RuleClass) throws {
    let rule = try readRule(
      "title: T\n" + RecognitionTests.logSource + "detection: {s: {A: 1}, condition: s}\n\(name): \(section)\n")
    #expect(rule.ruleClass == ruleClass)
    #expect(
      rule.findings.map(\.message) == [
        "the document has both 'detection' and '\(name)', of which engines read the \(name) alone; "
          + "move one of them to a document of its own"
      ])
    #expect(rule.findings.map(\.severity) == [.error])
  }

  @Test(arguments: ["filter: mine", "filter: {tune: later}", "filters: [a]"])
  func letsADetectionHaveAFieldOfThatName(field: String) throws {
    let rule = try readRule(
      "title: T\n" + RecognitionTests.logSource + "detection: {s: {A: 1}, condition: s}\n\(field)\n")
    #expect(rule.ruleClass == .detection)
    #expect(rule.findings == [])
  }

  // MARK: Files that would vanish

  @Test(arguments: [
    (
      "title: T\ncorelation: \(correlation)\n",
      ["2:1: error: no rule has a section 'corelation'; did you mean 'correlation'? [sigma-correlation]"]
    ),
    (
      "id: T\ndetections: {s: {A: 1}, condition: s}\n",
      ["2:1: error: no rule has a section 'detections'; did you mean 'detection'? [sigma-detection]"]
    ),
    (
      "title: T\nfilters: \(filter)\n",
      ["2:1: error: no rule has a section 'filters'; did you mean 'filter'? [sigma-filter]"]
    ),
    (
      "Title: T\nLogsource: {product: windows}\nDetection: {s: {A: 1}, condition: s}\n",
      [
        "2:1: error: no rule has a section 'Logsource'; did you mean 'logsource'? [sigma-logsource]",
        "3:1: error: no rule has a section 'Detection'; did you mean 'detection'? [sigma-detection]",
      ]
    ),
    (
      "title: T\ncorrelation:\n  - type: temporal\n  - rules: [a]\n",
      ["3:3: error: the section 'correlation' must be a map, and is a list; write keys and values [sigma-correlation]"]
    ),
    (
      "title: T\ndetection:\n  - selection: {A: 1}\n  - condition: selection\n",
      ["3:3: error: the section 'detection' must be a map, and is a list; write keys and values [sigma-detection]"]
    ),
    (
      "title: T\nlevel: high\ndetection:\n",
      ["3:11: error: the section 'detection' must be a map, and is empty; write keys and values [sigma-detection]"]
    ),
    (
      "title: T\nlogsource: [windows]\nstatus: test\n",
      ["2:12: error: the section 'logsource' must be a map, and is a list; write keys and values [sigma-logsource]"]
    ),
    (
      "title: T\ndetection: by eye\n",
      [
        "2:12: error: the section 'detection' must be a map, and is a single value; write keys and values [sigma-detection]"
      ]
    ),
    (
      "id: T\ndetection: [a]\n",
      ["2:12: error: the section 'detection' must be a map, and is a list; write keys and values [sigma-detection]"]
    ),
    (
      "title: T\ndetection:\n",
      ["2:11: error: the section 'detection' must be a map, and is empty; write keys and values [sigma-detection]"]
    ),
    (
      "title: T\nfilter: [a]\n",
      ["2:9: error: the section 'filter' must be a map, and is a list; write keys and values [sigma-filter]"]
    ),
    (
      "title: T\ncorrelation: x\n",
      [
        "2:14: error: the section 'correlation' must be a map, and is a single value; write keys and values [sigma-correlation]"
      ]
    ),
    (
      "title: T\nlogsource: [windows]\n",
      ["2:12: error: the section 'logsource' must be a map, and is a list; write keys and values [sigma-logsource]"]
    ),
    (
      "title: T\nlog_source: {product: windows}\n",
      ["2:1: error: no rule has a section 'log_source'; did you mean 'logsource'? [sigma-logsource]"]
    ),
    (
      "title: T\nlog_source: windows\nlevel: high\n",
      ["2:1: error: no rule has a section 'log_source'; did you mean 'logsource'? [sigma-logsource]"]
    ),
    (
      "title: Notes\nfilters: [a]\n",
      ["2:1: error: no rule has a section 'filters'; did you mean 'filter'? [sigma-filter]"]
    ),
    (
      "Title: T\nDetection: by eye\n",
      ["2:1: error: no rule has a section 'Detection'; did you mean 'detection'? [sigma-detection]"]
    ),
    (
      "titel: T\ndetection: [x]\n",
      ["2:12: error: the section 'detection' must be a map, and is a list; write keys and values [sigma-detection]"]
    ),
    // Two sections speak for each other.
    (
      "Logsource: {product: windows}\nDetection: {s: {A: 1}, condition: s}\n",
      [
        "1:1: error: no rule has a section 'Logsource'; did you mean 'logsource'? [sigma-logsource]",
        "2:1: error: no rule has a section 'Detection'; did you mean 'detection'? [sigma-detection]",
      ]
    ),
    (
      "- title: T\n  logsource: {product: a}\n  detection: {s: {A: 1}, condition: s}\n",
      [
        "1:1: error: the document is a list of rules, which no engine reads; write each as a document of its own, "
          + "with '---' between them [sigma-detection]"
      ]
    ),
  ])
  func reportsWhatIsPlainlyMeantToBeARule(text: String, expected: [String]) throws {
    #expect(try isSigma(text))
    let reading = try read(text)
    #expect(reading.rules.isEmpty)
    #expect(reading.content == .broken)
    #expect(reading.diagnostics.map(\.description) == expected.map { "rule.yml:" + $0 })
  }

  /// Of other dialects, and of formats that have a title and a word like Sigma's.
  @Test(arguments: [
    "AnalysisType: rule\nid: x\nDetection:\n  - {Key: a, condition: b}\nstatus: a\nlevel: b\n",
    "id: x\nkind: Scheduled\nquery: x\nfilters: {rules: []}\nstatus: a\nlevel: b\n",
    "id: x\nqueryCondition: {}\nfilters: {rules: []}\n",
    "id: x\nsearch: x\ntags: {}\nDetection: {condition: x}\n",
    "id: x\nfilters: [a]\n", "id: x\nfilter: name\n", "id: x\nfilter: {name: a}\n",
    "title: Notes\nstatus: draft\nresource: {product: x}\n",
    "title: Event\nlog_source: Some-Provider\nevent_code: '1'\n",
    "title: Notes\nsource: .\n", "title: Notes\nselection: {a: b}\ndirection: in\n",
    "Id: x\nTags: [a]\nDetection: [{type: hash, value: x}]\n", "Name: x\nDetection: [{Sigma: a}, {Elastic: b}]\n",
    "filter: {branches: [main]}\n", "filter: {condition: x}\n", "correlation: {enabled: true}\n",
    "detection: {interval: 5}\nname: x\n",
    "- title: Notes\n- filters: [a]\n", "- title: Notes\n  filter: a\n", "detections: {condition: x}\n",
    "level: low\nstatus: x\n", "just a text",
    "name: CI\non: {push: {branches: [main]}}\njobs: {build: {steps: [{id: x, uses: y}]}}\n",
    "services: {app: {image: x, logging: {driver: y}}}\n", "site_name: Notes\nnav: [{Home: index.md}]\n",
  ])
  func leavesOtherDocumentsAlone(text: String) throws {
    #expect(try !isSigma(text))
    let reading = try read(text)
    #expect(reading.rules.isEmpty && reading.diagnostics.isEmpty)
  }

  @Test func reportsAMalformedDocumentBesideARule() throws {
    let reading = try read(
      "title: T\n" + RecognitionTests.logSource
        + "detection: {s: {A: 1}, condition: s}\n---\ntitle: C\ncorelation: \(RecognitionTests.correlation)\n")
    #expect(reading.content == .rules)
    #expect(
      reading.diagnostics.map(\.description) == [
        "rule.yml:6:1: error: no rule has a section 'corelation'; did you mean 'correlation'? [sigma-correlation]"
      ])
  }
}
