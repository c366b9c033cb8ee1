import DialectReading
import Documents
import RuleModel
import Text

/// What is shown about a rule beyond what all dialects have.
extension RuleReader {
  mutating func readFacts() {
    func scalar(_ key: String) -> [String] {
      values[key].flatMap { $0.isNull ? nil : $0.text }.map { [$0] } ?? []
    }
    func listed(_ key: String) -> [String] {
      values[key].map { $0.kind == .sequence ? $0.items.compactMap(\.text) : scalar(key) } ?? []
    }
    add("Rule type", scalar("type"))
    add("Language", languageNames)
    add("Risk score", scalar("risk_score"))
    add("Severity by field", mappings("severity_mapping", of: "severity"))
    add("Risk score by field", mappings("risk_score_mapping", of: "risk_score"))
    add("Alert title from", scalar("rule_name_override"))
    add("Index patterns", listed("index"))
    add("Data view", scalar("data_view_id"))
    add("Data integrations", integrations)
    add("Required fields", (values["required_fields"]?.items ?? []).compactMap { $0["name"]?.text })
    add("Operating systems", listed("os_list"))
    add("Interval", scalar("interval"))
    add("From", scalar("from"))
    add("Anomaly threshold", scalar("anomaly_threshold"))
    add("Maximum alerts", scalar("max_signals"))
    add("Alert suppression", suppression.map { [$0] } ?? [])
    add("Timestamp", scalar("timestamp_override"))
    add("Event category", scalar("event_category_override"))
    add("Tie breaker", scalar("tiebreaker_field"))
    add("Exception lists", (values["exceptions_list"]?.items ?? []).compactMap { $0["list_id"]?.text })
    add("Investigation fields", (values["investigation_fields"]?["field_names"]?.items ?? []).compactMap(\.text))
    add("Timeline", scalar("timeline_title"))
    add("Minimum stack version", scalar("min_stack_version"))
    add("Reason for deprecation", scalar("deprecated_reason"))
  }

  /// How a field of the event decides a property of its alerts: `low where verdict is SUSPICIOUS`, or `user.risk` if the
  /// property is the field's value.
  private func mappings(_ key: String, of property: String) -> [String] {
    (values[key]?.items ?? []).compactMap { mapping in
      guard let field = mapping["field"]?.text else { return nil }
      let given = [mapping[property], mapping["value"]].map { node in
        node.flatMap { $0.isNull || $0.text?.isEmpty != false ? nil : $0.text }
      }
      switch (given[0], given[1]) {
      case (let result?, let value?): return "\(result) where \(field) is \(value)"
      case (let result?, nil): return "\(result) where \(field) exists"
      case (nil, let value?): return "\(field) where it is \(value)"
      case (nil, nil): return field
      }
    }
  }

  /// Each once, in the order of the stages.
  private var languageNames: [String] {
    var names: [String] = []
    for stage in rule.stages { if let name = stage.language?.label, !names.contains(name) { names.append(name) } }
    return names
  }

  /// The packages that provide the rule's data, as its repository or an export names them.
  var integrations: [String] {
    var names = DistinctList<String>()
    let related = (values["related_integrations"]?.items ?? []).compactMap { $0["package"]?.text }
    let listed =
      values["integration"].map { $0.kind == .sequence ? $0.items.compactMap(\.text) : [$0.text ?? ""] } ?? []
    for name in related + listed where !name.isEmpty { names.add(name) }
    return names.all
  }

  /// How alerts are grouped: `by host.name, within 6h`.
  private var suppression: String? {
    guard let node = values["alert_suppression"], node.kind == .mapping else { return nil }
    let fields = (node["group_by"]?.items ?? []).compactMap(\.text)
    let time = node["duration"].flatMap { duration in
      duration["value"]?.text.map { $0 + (duration["unit"]?.text ?? "") }
    }
    let parts = [
      fields.isEmpty ? nil : "by " + fields.joined(separator: ", "), time.map { "within " + $0 },
      node["missing_fields_strategy"]?.text.map { "missing fields: \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }
}
