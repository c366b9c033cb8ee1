import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads one of Panther's rules, policies or queries.
struct RuleReader: MetadataReader {
  let document: Node
  let type: AnalysisType
  let values: [String: Node]
  let context: DialectContext
  var rule: RuleDraft
  /// What `unique` returns, whose values are counted in place of events: a field, or the function's name.
  var counted: String?

  init(_ document: Node, _ type: AnalysisType, source: RuleSource, in context: DialectContext) {
    self.document = document
    self.type = type
    self.context = context
    var values: [String: Node] = [:]
    for (key, value) in document.entries { if let name = key.text { values[name] = value } }
    self.values = values
    rule = RuleDraft(
      key: RuleKey(dialect: .panther, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func read() -> RuleDraft {
    readMetadata()
    readReports()
    readLogTypes()
    switch type {
    case .correlationRule: rule.body = .correlation(correlation())
    case .scheduledQuery, .savedQuery: rule.body = .hunt(readOwnQuery())
    case .scheduledRule:
      let queries = scheduledQueries()
      readPython(behind: queries)
      rule.body = .detection(threshold)
    default:
      if let detection = values["Detection"], !detection.isNull { read(detection) } else { readPython() }
      rule.body = .detection(threshold)
    }
    readInlineFilters()
    if type != .correlationRule {
      leaveOutWhatIsTooLarge(at: values["Filename"] ?? document, limit: context.limits.tests)
    }
    readSamples()
    readFacts()
    return rule
  }

  /// How many matches, or values of them, raise an alert, within the time in which they are grouped.
  private var threshold: Match {
    guard let written = values["Threshold"]?.text, let count = Int(written), count > 1 else { return .single }
    let minutes = values["DedupPeriodMinutes"]?.text ?? "60"
    return .threshold("count(\(counted ?? "")) >= \(count)", by: [], within: minutes + "m", joinsEvents: false)
  }
}
