import Analysis
import Attack
import CEmbedded
import Checks
import Diagnostics
import Documents
import Events
import Reports
import RuleModel
import Sigma
import TestSupport
import Testing
import XML

/// Small catalogs of a made-up log, with what is known of it.
enum DoorCatalog {
  static let attack = """
    {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "© MITRE",
     "tactics": [{"id": "TA0001", "name": "Initial Access", "shortname": "initial-access"},
       {"id": "TA0002", "name": "Execution", "shortname": "execution"}],
     "techniques": [{"id": "T1001", "name": "One", "tactics": "TA0001"},
       {"id": "T1001.001", "name": "One, A", "tactics": "TA0001"},
       {"id": "T1001.002", "name": "One, B", "tactics": "TA0001"},
       {"id": "T1002", "name": "Two", "status": "revoked", "revokedBy": "T1001"},
       {"id": "T1003", "name": "=Three", "tactics": "TA0001 TA0002"},
       {"id": "T1004", "name": "Four", "deprecated": true}],
     "groups": [{"id": "G0001", "name": "Thieves"}],
     "software": [{"id": "S0001", "name": "Crowbar"}]}
    """

  private static let events = """
    logsources:
      - product: doorman
        service: access
        operations: true
        pin: {event: [action]}
        events: [{provider: Doorman}]
    """

  private static let fields = """
    schemas:
      sigma: {dialects: [sigma]}
    classes:
      doors:
        logsources: [{product: doorman}]
        fields:
          badge: {sigma: badge_id}
    """

  /// Of files given by their stems.
  ///
  /// - Parameter states: how each rule stands with what is collected, by key; nil where that isn't told.
  static func content(
    _ files: KeyValuePairs<String, String>, diagnostics: [Diagnostic] = [], baseURL: String? = nil,
    states: RuleColumn<RuleState>? = nil
  ) async throws -> ReportContent {
    var rules: [Rule] = []
    var contents: [FileContent] = []
    for (stem, text) in files {
      let source = RuleSource(
        in: SourceFile(path: "rules/doors/\(stem).yml", source: "doors/\(stem).yml", bytes: Array(text.utf8)))
      let reading = readSigma(try parseYAML(source.body), from: source)
      rules += reading.rules.map { Rule($0) }
      contents.append(reading.content)
    }
    return try await content(
      of: rules, FileTally(contents), diagnostics: diagnostics, baseURL: baseURL, states: states)
  }

  static func content(
    of rules: [Rule], _ files: FileTally = FileTally([]), diagnostics: [Diagnostic] = [], baseURL: String? = nil,
    states: RuleColumn<RuleState>? = nil
  ) async throws -> ReportContent {
    let matrix = try AttackMatrix(parsing: Array(attack.utf8))
    let map = try EventMap(parsing: [("events.yml", Array(events.utf8))])
    let fields = try FieldMap(parsing: [("fields.yml", Array(self.fields.utf8))])
    let index = await CatalogIndex(
      of: rules.sorted { $0.key < $1.key }, attack: matrix, events: map, fields: fields)
    let coverage = CoverageReview(
      of: index, attack: matrix, events: map, strategies: StrategyEvents(matrix, map),
      telemetry: states.map { CollectedView(states: $0, collected: [], isCollected: { _ in true }) })
    return ReportContent(
      index: index, matrix: matrix, coverage: coverage, files: files,
      diagnostics: diagnostics
        + CatalogFindings(in: index, events: map, fields: fields, settings: quietSettings).ofRules.all.joined(),
      title: "Doors",
      generator: "ruledex 0.0.0", baseURL: baseURL, schema: [],
      page: { "rules/\(index.rules[$0].key)/index.html" })
  }

  /// The text of a report by its path in the site.
  static func report(_ path: String, of content: ReportContent) throws -> String {
    let report = try #require(Report.all.first { $0.path == path }, "\(path) is no report")
    return String(decoding: report.bytes(content), as: UTF8.self)
  }

  static func ruleXML(_ number: RuleID, of content: ReportContent) -> String {
    let bytes = Reports.ruleXML(number, of: content.index, content.visibility, page: content.page(number))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What is wrong with a document by `catalog.rng`, as libxml2 says it.
  static func faults(of document: String) throws -> [String] {
    let files = UnsafeBufferPointer(start: ruledex_embedded_files(), count: ruledex_embedded_file_count())
    let file = try #require(files.first { String(cString: $0.path) == "Sources/Reports/catalog.rng" })
    let schema = try RelaxNGSchema(
      parsing: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), path: "catalog.rng")
    return schema.errors(in: try XMLDocument(parsing: Array(document.utf8), path: "a.xml")).map(\.message)
  }
}
