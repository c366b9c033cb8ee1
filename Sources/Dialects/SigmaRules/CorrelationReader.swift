import Diagnostics
import Documents
import RuleModel

/// Reads the `correlation` section (Sigma Correlation Rules Specification 2.1.0, “Correlation section”).
struct CorrelationReader {
  private let node: Node
  private let path: String
  private(set) var findings: [Diagnostic] = []

  init(_ node: Node, path: String) {
    self.node = node
    self.path = path
  }

  /// - Returns: nil where the type is missing or unknown; a finding says so.
  mutating func correlation(references: [RuleReference]) -> Correlation? {
    guard let kind = readKind() else { return nil }
    var correlation = Correlation(kind: kind, rules: references)
    if references.isEmpty { report(at: node, "the correlation names no rules; add 'rules' with their ids or names") }
    correlation.groupBy = texts(node["group-by"])
    correlation.aliases = readAliases()
    correlation.generate = node["generate"]?.text?.lowercased() == "true"
    readTimespan(into: &correlation)
    readCondition(into: &correlation)
    return correlation
  }

  private mutating func readKind() -> Correlation.Kind? {
    guard let type = node["type"], let written = type.text else {
      report(at: node, "the correlation has no 'type'; write one of \(names)")
      return nil
    }
    guard let kind = Correlation.Kind(rawValue: written) else {
      let near = nearestName(to: written, in: Correlation.Kind.allCases.map(\.rawValue))
      report(
        at: type,
        "the correlation type '\(shortened(written))' is unknown; \(near.map { "did you mean '\($0)'?" } ?? "write one of \(names)")"
      )
      return nil
    }
    return kind
  }

  private var names: String { Correlation.Kind.allCases.map(\.rawValue).joined(separator: ", ") }

  private mutating func readTimespan(into correlation: inout Correlation) {
    guard let timespan = node["timespan"] ?? node["timeframe"], let text = timespan.text else {
      report(at: node, "the correlation has no 'timespan'; add one, such as 10m")
      return
    }
    correlation.timespan = text
    let unit = text.utf8.last
    if text.utf8.count < 2 || UInt64(text.dropLast()) == nil || !"smhd".utf8.contains(where: { $0 == unit }) {
      report(at: timespan, "'\(shortened(text))' is no timespan; write a number and s, m, h or d, such as 10m")
    }
  }

  private mutating func readCondition(into correlation: inout Correlation) {
    let isTemporal = correlation.kind == .temporal || correlation.kind == .temporalOrdered
    guard let condition = node["condition"] else {
      if !isTemporal {
        report(
          at: node, "a correlation of type \(correlation.kind.rawValue) needs a 'condition'; add one, such as gte: 10")
      }
      return
    }
    if let text = condition.text {
      correlation.condition = text[...].trimmed()
      if !isTemporal { report(at: condition, "the condition must be a map; write one, such as gte: 10") }
      return
    }
    var parts: [String] = []
    for (key, value) in condition.entries {
      switch key.text ?? "" {
      case "field": correlation.fields = texts(value)
      case "percentile": parts.append("percentile \(value.text ?? "")")
      case let name where ["gt", "gte", "lt", "lte", "eq", "neq"].contains(name):
        parts.append("\(name) \(value.text ?? "")")
        if Double(value.text ?? "") == nil { report(at: value, "'\(name)' compares with a number; write one") }
      case let name:
        let known = ["gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"]
        let near =
          nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
          ?? "write one of \(known.joined(separator: ", "))"
        report(at: key, "a correlation's condition knows no '\(shortened(name))'; \(near)")
      }
    }
    correlation.condition = parts.isEmpty ? nil : parts.joined(separator: " and ")
    let needsField = !isTemporal && correlation.kind != .eventCount
    if needsField, correlation.fields.isEmpty {
      report(
        at: condition, "a correlation of type \(correlation.kind.rawValue) needs a 'field' in its condition; add it")
    }
  }

  private func readAliases() -> [Correlation.Alias] {
    (node["aliases"]?.entries ?? []).map { key, value in
      Correlation.Alias(
        name: key.text ?? "", fields: value.entries.map { (rule: $0.key.text ?? "", field: $0.value.text ?? "") })
    }
  }

  /// A list of texts; a single one counts as a list of one.
  private func texts(_ node: Node?) -> [String] {
    guard let node, !node.isNull else { return [] }
    return node.kind == .sequence ? node.items.compactMap(\.text) : [node.text].compactMap { $0 }
  }

  private mutating func report(at node: Node, _ message: String) {
    findings.append(Diagnostic(.sigmaCorrelation, at: SourceLocation(path: path, position: node.position), message))
  }
}
