import Diagnostics
import DialectReading
import Documents
import RuleModel

/// A correlation of the matches of other rules.
///
/// - SeeAlso: Panther's documentation, "Correlation Rule Reference".
extension RuleReader {
  mutating func correlation() -> Correlation? {
    guard let detection = values["Detection"], let part = detection.items.first ?? detectionMap(detection) else {
      report(
        .pantherDetection, at: document, "the correlation has no 'Detection'; write one with a Group or a Sequence")
      return nil
    }
    if detection.items.count > 1 {
      report(
        .pantherDetection, at: detection.items[1], "only the first of several detections is read; write one")
    }
    let isOrdered = part["Sequence"] != nil
    guard let steps = part["Sequence"] ?? part["Group"], !steps.items.isEmpty else {
      report(.pantherDetection, at: part, "the detection has neither 'Group' nor 'Sequence'; list the rules of one")
      return nil
    }
    let rules = references(of: steps)
    var correlation = Correlation(kind: kind(of: steps, isOrdered: isOrdered), rules: rules)
    let aliases = aliases(of: part, names: stepNames(steps))
    correlation.aliases = aliases
    correlation.groupBy = aliases.map(\.name) + transitionFields(of: part)
    correlation.timespan = part["LookbackWindowMinutes"]?.text.map { $0 + "m" }
    correlation.criterion = criterion(of: steps, rules)
    return correlation
  }

  private func detectionMap(_ node: Node) -> Node? { node.kind == .mapping ? node : nil }

  private func kind(of steps: Node, isOrdered: Bool) -> Correlation.Kind {
    if steps.items.count == 1 { return .eventCount }
    return isOrdered ? .temporalOrdered : .temporal
  }

  /// The rule of each step; a step may have none, and stands for that nothing of it happens.
  private mutating func references(of steps: Node) -> [RuleReference] {
    steps.items.compactMap { step in
      guard let node = step["RuleID"], let id = node.text, !id.isEmpty else {
        report(.pantherDetection, at: step, "a step has no 'RuleID'; name the rule whose matches it waits for")
        return nil
      }
      return RuleReference(id, at: node.span)
    }
  }

  /// The rule of each step by the step's id.
  private func stepNames(_ steps: Node) -> [String: RuleReference] {
    var names: [String: RuleReference] = [:]
    for step in steps.items {
      guard let id = step["ID"]?.text, let node = step["RuleID"], let rule = node.text else { continue }
      names[id] = RuleReference(rule, at: node.span)
    }
    return names
  }

  /// The fields that must have the same value in the matches of each rule.
  private func aliases(of part: Node, names: [String: RuleReference]) -> [Correlation.Alias] {
    (part["MatchCriteria"]?.entries ?? []).compactMap { key, value in
      guard let name = key.text else { return nil }
      let fields = value.items.compactMap { item in
        item["GroupID"]?.text.flatMap { names[$0] }.flatMap { rule in
          item["Match"]?.text.map { Correlation.Alias.Field($0, of: rule) }
        }
      }
      return fields.isEmpty ? nil : Correlation.Alias(name: name, fields: fields)
    }
  }

  /// The fields by which the steps of a sequence follow each other.
  private func transitionFields(of part: Node) -> [String] {
    var found: [String] = []
    for transition in part["Transitions"]?.items ?? [] {
      for match in transition["Match"]?.items ?? [] {
        for key in ["On", "From", "To"] {
          if let field = match[key]?.text, !found.contains(field) { found.append(field) }
        }
      }
    }
    return found
  }

  /// How many matches a single rule must have, or which rules must match.
  private func criterion(of steps: Node, _ rules: [RuleReference]) -> Correlation.Criterion? {
    guard let count = steps.items.first?["MinMatchCount"]?.text, steps.items.count == 1 else { return nil }
    return .comparisons([Correlation.Comparison(.gte, count)])
  }
}
