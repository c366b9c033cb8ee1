import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Reads a saved search of an app's `savedsearches.conf` (Splunk's Admin Manual), with what Enterprise Security and its
/// content add.
struct StanzaReader: SearchReader {
  private let search: SavedSearch
  let context: DialectContext
  var rule: RuleDraft
  var readsAlerts = false

  init(_ search: SavedSearch, source: RuleSource, in context: DialectContext) {
    (self.search, self.context) = (search, context)
    rule = RuleDraft(key: RuleKey(dialect: .splunk, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func read() -> RuleDraft {
    readMetadata()
    readAnnotations()
    let match = readSearch()
    let type = text("action.escu.search_type")?.lowercased() ?? ""
    if type == "support" || type == "investigative" || search.name.hasSuffix(" - Baseline") {
      rule.body = .enrichment(match)
    } else if type == "hunting" || !raisesAlerts {
      rule.body = .hunt(match)
    } else {
      rule.body = readsAlerts ? .forwarder(match) : .detection(match)
    }
    readFacts()
    return rule
  }

  private func text(_ key: String) -> String? {
    guard let text = search[key]?.text[...].trimmed(), !text.isEmpty else { return nil }
    return text
  }

  private func isOn(_ key: String) -> Bool { text(key).map(isTrue) ?? false }

  private mutating func readMetadata() {
    rule.title = text("action.correlationsearch.label") ?? text("action.notable.param.rule_title") ?? search.name
    if rule.title.contains("$") { rule.title = search.name }
    rule.name = search.name
    rule.description = text("description") ?? text("action.notable.param.rule_description")
    rule.isDisabled = isOn("disabled")
    rule.level =
      riskScore.map(Level.init(riskScore:))
      ?? text("action.notable.param.severity").flatMap { Level(rawValue: $0.lowercased()) }
    rule.date = text("action.escu.creation_date").flatMap { CalendarDate($0) }
    rule.modified = text("action.escu.modification_date").flatMap { CalendarDate($0) }
    rule.falsePositives = [text("action.escu.known_false_positives")].compactMap { $0 }
    // A signal adds to a risk score; an alert is a notable event, or whatever else is done.
    rule.raisesSignal = isOn("action.risk") && !raisesNotables
  }

  private mutating func readSearch() -> Match {
    guard let written = search["search"], !written.text.allSatisfy(\.isWhitespace) else {
      report(
        .splunkSearch, at: SourceSpan(search["search"]?.position(ofByte: 0) ?? search.position),
        "the rule has no search; write one")
      rule.lacksLogic = true
      return .single
    }
    return read(search: Array(written.text.utf8), dataSources: []) { written.position(ofByte: $0) }
  }

  private var raisesNotables: Bool {
    isOn("action.notable")
      || search.contains { setting in
        setting.key.hasPrefix("action.") && setting.key.split(separator: ".").count == 2
          && !["action.risk", "action.escu", "action.correlationsearch"].contains(setting.key) && isTrue(setting.text)
      }
  }

  /// Whether something is done with what it finds.
  private var raisesAlerts: Bool {
    raisesNotables || isOn("action.risk") || isOn("action.correlationsearch.enabled") || isOn("alert.track")
      || search["counttype"] != nil || search["alert_type"] != nil || text("actions") != nil
  }

  // MARK: JSON in settings

  private func json(_ key: String) -> Node? {
    guard let setting = search[key], text(key) != nil else { return nil }
    return (try? parse(repairedText(Array(setting.text.utf8)), as: .json, limits: context.limits.document))?.first
  }

  private func strings(_ node: Node?) -> [String] { (node?.itemsOrSelf ?? []).compactMap(\.text) }

  private var riskScore: Double? {
    let objects = json("action.risk.param._risk")
    let scores = (objects?.items ?? []).compactMap { $0["risk_score"]?.text.flatMap(Double.init) }
    if let highest = scores.max() { return highest }
    return text("action.risk.param._risk_score").flatMap(Double.init).flatMap { $0 > 0 ? $0 : nil }
  }

  /// Older content has another key.
  private var annotationsKey: String? {
    ["action.correlationsearch.annotations", "action.escu.mappings"].first { text($0) != nil }
  }

  private mutating func readAnnotations() {
    guard let key = annotationsKey, let setting = search[key] else { return }
    guard let node = json(key) else {
      report(.ruleField, at: SourceSpan(setting.position(ofByte: 0)), "'\(key)' must be JSON; it is left out")
      return
    }
    for item in node["mitre_attack"]?.itemsOrSelf ?? [] {
      if let id = item.text { rule.add(AttackTag(id, at: setting.span(of: item.span))) }
    }
  }

  private mutating func readFacts() {
    let annotations = annotationsKey.flatMap(json)
    if let score = riskScore { add("Risk score", [words(ofRiskScore: score)]) }
    add("Risk message", [text("action.risk.param._risk_message") ?? ""])
    add("Analytic stories", stories(strings(annotations?["analytic_story"] ?? json("action.escu.analytic_story"))))
    add("Security domain", [text("action.notable.param.security_domain") ?? ""])
    add("CVEs", strings(annotations?["cve"]))
    add("Schedule", [text("cron_schedule") ?? ""])
    add("Earliest", [text("dispatch.earliest_time") ?? ""])
    add("Latest", [text("dispatch.latest_time") ?? ""])
    add(
      "Suppression",
      isOn("alert.suppress") ? [text("alert.suppress.fields") ?? "", text("alert.suppress.period") ?? ""] : [])
    add("How to implement", [text("action.escu.how_to_implement") ?? ""])
  }
}
