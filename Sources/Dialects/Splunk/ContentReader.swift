import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

/// Reads a rule of Splunk's security content, in the form of any version of contentctl.
struct ContentReader: MetadataReader, SearchReader {
  let document: Node
  let values: [String: Node]
  let context: DialectContext
  var rule: RuleDraft
  var readsAlerts = false

  init(_ node: Node, source: RuleSource, in context: DialectContext) {
    document = node
    self.context = context
    values = node.valuesByKey
    rule = RuleDraft(key: RuleKey(dialect: .splunk, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func read() -> RuleDraft {
    readMetadata()
    readAttack()
    let type = contentType()
    add("Rule type", [values["type"]?.text ?? ""])
    let match = readSearch()
    rule.raisesSignal = type == .anomaly
    switch type {
    case .hunting: rule.body = .hunt(match)
    case .baseline, .investigation: rule.body = .enrichment(match)
    default: rule.body = readsAlerts ? .forwarder(match) : .detection(match)
    }
    readFacts()
    return rule
  }

  private mutating func readSearch() -> Match {
    guard let search = values["search"], search.kind == .scalar, !search.isBlank else {
      report(.splunkSearch, at: values["search"] ?? document, "the rule has no search; write one")
      rule.lacksLogic = true
      return .single
    }
    let places = TextPlaces(of: search)
    return read(search: Array(search.bytes), dataSources: texts("data_source")) { places.position(ofByte: $0) }
  }

  private mutating func contentType() -> ContentType? {
    guard let text = text("type"), let node = values["type"] else { return nil }
    if let type = ContentType(rawValue: text.lowercased()) { return type }
    report(
      .splunkType, at: node,
      "the type '\(shortened(text))' is unknown; write TTP, Anomaly, Hunting, Correlation or Baseline")
    return nil
  }
}

/// What Splunk's content calls the purpose of a search.
enum ContentType: String {
  case ttp
  /// Adds to a risk score instead of raising an alert.
  case anomaly
  case hunting, correlation, baseline, investigation
  case metric = "operational metric"
}
