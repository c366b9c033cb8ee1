import Diagnostics
import Documents
import RuleModel

/// What a type of rule does with the events that its query finds. This is the rule's last stage: what it counts,
/// compares or learns isn't a test.
struct RuleSettings {
  private let type: RuleType
  private let text: String
  /// How the rule matches; nil if its query says so.
  let match: Match?

  /// nil for a type without settings.
  init?(_ type: RuleType, of values: [String: Node]) {
    self.type = type
    switch type {
    case .query, .savedQuery, .eql, .esql: return nil
    case .threshold:
      let threshold = Threshold(values["threshold"])
      text = threshold.text
      match = .threshold(threshold.counts, by: threshold.fields, within: nil, joinsEvents: false)
    case .newTerms:
      let terms = NewTerms(values)
      text = terms.text
      match = .newTerms(of: terms.fields, within: terms.window)
    case .threatMatch:
      text = ThreatMatch(values).text
      match = nil
    case .machineLearning:
      let jobs = texts(values["machine_learning_job_id"])
      let score = values["anomaly_threshold"]?.text.map { "; anomaly_threshold \($0)" } ?? ""
      text = jobs.joined(separator: ", ") + score
      match = .model(jobs)
    }
  }

  func stage(at position: SourcePosition) -> Stage {
    Stage(name: type.rawValue, form: .command, text: text, predicate: .always, position: position)
  }
}

/// A number of events with the same values in some fields, or a number of different values in other fields among them.
private struct Threshold {
  var fields: [String] = []
  /// `count() >= 25; count(user.name) >= 3`
  var counts = ""

  init(_ node: Node?) {
    fields = texts(node?["field"])
    let value = node?["value"]?.text ?? "1"
    let cardinality = node?["cardinality"].map { $0.kind == .sequence ? $0.items : [$0] } ?? []
    counts = (["count() >= \(value)"] + cardinality.compactMap(words)).joined(separator: "; ")
  }

  private func words(of cardinality: Node) -> String? {
    cardinality["field"]?.text.map { "count(\($0)) >= \(cardinality["value"]?.text ?? "1")" }
  }

  var text: String { fields.isEmpty ? counts : "\(counts) by \(fields.joined(separator: ", "))" }
}

/// The first event within a period with this combination of values in these fields. Kibana lists the settings as keys,
/// the rules' repository as names with values.
private struct NewTerms {
  var fields: [String]
  var window: String?

  init(_ values: [String: Node]) {
    let table = values["new_terms"]
    fields = texts(table?["value"] ?? values["new_terms_fields"])
    let start = table?["history_window_start"] ?? values["history_window_start"]
    let written = start?.text ?? start?.items.first?["value"]?.text
    window = written.map { $0.hasPrefix("now-") ? String($0.dropFirst(4)) : $0 }
  }

  var text: String { fields.joined(separator: ", ") + (window.map { ", not seen for \($0)" } ?? "") }
}

/// Events with a value from a threat list: all entries of a mapping must match, and at least one mapping.
private struct ThreatMatch {
  var text: String

  init(_ values: [String: Node]) {
    let mappings = (values["threat_mapping"]?.items ?? []).map { mapping in
      (mapping["entries"]?.items ?? []).compactMap { entry in
        entry["field"]?.text.map { "\($0) == \(entry["value"]?.text ?? "")" }
      }.joined(separator: " and ")
    }
    let parts = [
      mappings.filter { !$0.isEmpty }.joined(separator: "\nor "),
      "in " + texts(values["threat_index"]).joined(separator: ", "),
      values["threat_query"]?.text.map { "where " + $0 } ?? "",
    ]
    text = parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// The texts of a list, or a single text in its place.
private func texts(_ node: Node?) -> [String] {
  guard let node, !node.isNull else { return [] }
  let texts = node.kind == .sequence ? node.items.compactMap(\.text) : [node.text].compactMap { $0 }
  return texts.filter { !$0.isEmpty }
}
