import Diagnostics
import DialectReading
import Documents
import RuleModel

/// A correlation of the matches of other rules.
///
/// - SeeAlso: Panther's documentation, "Correlation Rule Reference".
extension RuleReader {
  mutating func correlation() -> Correlation? {
    guard let detection = values["Detection"], let part = correlatedPart else {
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
    // The rules of a correlation raise their own alerts, but for those that say that they don't.
    var correlation = Correlation(kind: kind(of: steps, isOrdered: isOrdered), rules: rules, generate: true)
    let aliases = aliases(of: part, names: stepNames(steps))
    correlation.aliases = aliases
    correlation.groupBy = aliases.map(\.name) + transitionFields(of: part)
    correlation.timespan = window(of: part)
    correlation.criterion = criterion(of: steps)
    return correlation
  }

  /// The detection whose rules are correlated; nil if there is none.
  var correlatedPart: Node? {
    guard type == .correlationRule, let detection = values["Detection"] else { return nil }
    return detection.items.first ?? (detection.kind == .mapping ? detection : nil)
  }

  /// The time within which all of the matches are: the sum of what the transitions allow. Without any, it is the time
  /// that each search looks back.
  private func window(of part: Node) -> String? {
    let lookback = part["LookbackWindowMinutes"]?.text.map(duration)
    if let time = part["WithinTimeFrameMinutes"]?.text { return duration(time) }
    let times = (part["Transitions"]?.items ?? []).map { $0["WithinTimeFrameMinutes"]?.text.flatMap { Int($0) } }
    if times.count == 1, let time = times[0] { return duration("\(time)") }
    var sum = 0
    for time in times {
      guard let time, (0..<RuleReader.minuteLimit).contains(time) else { return lookback }
      sum += time
    }
    return times.isEmpty ? lookback : duration("\(sum)")
  }

  /// As Sigma writes it: `30h`, `90m`.
  func duration(_ minutes: String) -> String {
    guard let number = Int(minutes), number > 0, number % 60 == 0 else { return minutes + "m" }
    return "\(number / 60)h"
  }

  /// A hundred years.
  private static let minuteLimit = 52_560_000

  // MARK: Facts

  /// `One to Two within 15m`, unless the only transition has the window of all.
  var transitionTimes: [String] {
    let transitions = correlatedPart?["Transitions"]?.items ?? []
    guard transitions.count > 1 else { return [] }
    return transitions.compactMap { transition in
      transition["WithinTimeFrameMinutes"]?.text.map { time in
        let steps = [transition["From"]?.text, transition["To"]?.text].compactMap(\.self).joined(separator: " to ")
        return (steps.isEmpty ? transition["ID"]?.text ?? "transition" : steps) + " within " + duration(time)
      }
    }
  }

  /// How many matches of each rule are needed, where it is more than one: `5 of Example.Login.Failed`.
  var matchesNeeded: [String] {
    let steps = (correlatedPart?["Sequence"] ?? correlatedPart?["Group"])?.items ?? []
    return steps.compactMap { step in
      guard let count = step["MinMatchCount"]?.text, count != "1", let rule = step["RuleID"]?.text else { return nil }
      return "\(count) of \(rule)"
    }
  }

  var lookback: [String] { correlatedPart?["LookbackWindowMinutes"]?.text.map { [duration($0)] } ?? [] }

  // MARK: Rules

  private func kind(of steps: Node, isOrdered: Bool) -> Correlation.Kind {
    if steps.items.count == 1 { return .eventCount }
    return isOrdered ? .temporalOrdered : .temporal
  }

  /// The rule of each step.
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
  private func criterion(of steps: Node) -> Correlation.Criterion? {
    if steps.items.contains(where: isAbsent) { return expression(of: steps) }
    guard let count = steps.items.first?["MinMatchCount"]?.text, steps.items.count == 1 else { return nil }
    return .comparisons([Correlation.Comparison(.gte, count)])
  }

  /// Whether no match of the step's rule may occur.
  private func isAbsent(_ step: Node) -> Bool { step["Absence"]?.boolean == true }

  /// The rules that must match, and those that must not: `A and not B`.
  private func expression(of steps: Node) -> Correlation.Criterion? {
    var names: [RuleReference] = []
    var parts: [(text: String, logic: Predicate)] = []
    for step in steps.items.filter({ !isAbsent($0) }) + steps.items.filter(isAbsent) {
      guard let node = step["RuleID"], let id = node.text, !id.isEmpty else { continue }
      let place = names.firstIndex { $0.target == id } ?? names.count
      if place == names.count { names.append(RuleReference(id, at: node.span)) }
      let part = isAbsent(step) ? ("not " + id, Predicate.not(.stage(place))) : (id, .stage(place))
      if !parts.contains(where: { $0.text == part.0 }) { parts.append(part) }
    }
    guard !parts.isEmpty else { return nil }
    let text = parts.map(\.text).joined(separator: " and ")
    // A rule may match once and then no more, which only the order of the steps tells.
    if parts.count > names.count { return .unreadable(text) }
    return .expression(text, logic: Predicate.conjunction(parts.map(\.logic)), names: names)
  }
}
