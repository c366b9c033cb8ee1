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
        .pantherDetection, at: detection.items[1], "only the first detection is read; keep one")
    }
    let steps = correlatedSteps
    guard !steps.isEmpty else {
      report(.pantherDetection, at: part, "the detection has neither 'Group' nor 'Sequence'; list the rules of one")
      return nil
    }
    for step in steps where step.rule == nil {
      report(
        .pantherDetection, at: step.node, "a step has no 'RuleID'; name the rule whose matches it waits for")
    }
    // The rules of a correlation raise their own alerts, but for those that say that they don't.
    let kind: Correlation.Kind =
      steps.count == 1 ? .eventCount : part["Sequence"] != nil ? .temporalOrdered : .temporal
    var correlation = Correlation(kind: kind, rules: steps.compactMap(\.rule), generate: true)
    let aliases = aliases(of: part, steps)
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
    correlatedSteps.compactMap { step in
      guard let count = step.count, count != "1", let rule = step.rule else { return nil }
      return "\(count) of \(rule.target)"
    }
  }

  var lookback: [String] { correlatedPart?["LookbackWindowMinutes"]?.text.map { [duration($0)] } ?? [] }

  // MARK: Rules

  private var correlatedSteps: [CorrelatedStep] {
    (correlatedPart?["Sequence"] ?? correlatedPart?["Group"])?.items.map { CorrelatedStep($0) } ?? []
  }

  /// The fields that must have the same value in the matches of each rule.
  private func aliases(of part: Node, _ steps: [CorrelatedStep]) -> [Correlation.Alias] {
    var names: [String: RuleReference] = [:]
    for step in steps { if let id = step.id, let rule = step.rule { names[id] = rule } }
    return (part["MatchCriteria"]?.entries ?? []).compactMap { key, value in
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
  private func criterion(of steps: [CorrelatedStep]) -> Correlation.Criterion? {
    if steps.contains(where: \.isAbsent) { return expression(of: steps) }
    guard steps.count == 1, let count = steps[0].count else { return nil }
    return .comparisons([Correlation.Comparison(.gte, count)])
  }

  /// The rules that must match, and those that must not: `A and not B`.
  private func expression(of steps: [CorrelatedStep]) -> Correlation.Criterion? {
    var names: [RuleReference] = []
    var parts: [(text: String, logic: Predicate)] = []
    for step in steps.filter({ !$0.isAbsent }) + steps.filter(\.isAbsent) {
      guard let rule = step.rule else { continue }
      let place = names.firstIndex { $0.target == rule.target } ?? names.count
      if place == names.count { names.append(rule) }
      let part =
        step.isAbsent ? ("not " + rule.target, Predicate.not(.stage(place))) : (rule.target, .stage(place))
      if !parts.contains(where: { $0.text == part.0 }) { parts.append(part) }
    }
    guard !parts.isEmpty else { return nil }
    let text = parts.map(\.text).joined(separator: " and ")
    // A rule may match once and then no more, which only the order of the steps shows.
    if parts.count > names.count { return .unreadable(text) }
    return .expression(text, logic: Predicate.conjunction(parts.map(\.logic)), names: names)
  }
}

/// The matches of one rule that a correlation waits for.
private struct CorrelatedStep {
  let node: Node
  /// By which the correlation refers to it.
  let id: String?
  /// nil if the step names none.
  let rule: RuleReference?
  /// Whether no match of the rule may occur.
  let isAbsent: Bool
  /// How many matches it needs at least, as written.
  let count: String?

  init(_ node: Node) {
    self.node = node
    id = node["ID"]?.text
    rule = node["RuleID"].flatMap { rule in
      rule.text.flatMap { $0.isEmpty ? nil : RuleReference($0, at: rule.span) }
    }
    isAbsent = node["Absence"]?.boolean == true
    count = node["MinMatchCount"]?.text
  }
}
