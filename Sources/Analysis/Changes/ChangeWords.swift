import Diagnostics
import RuleModel

extension CatalogChanges {
  /// What changed in a rule: `level (high → critical), values (2 added, 1 removed), tactics (TA0002 Execution added)`.
  package func words(of change: ChangedRule) -> String {
    change.parts.map { part in
      "\(part.words)\(detail(part, change.old.parts[part] ?? [], change.new.parts[part] ?? []))"
    }.joined(separator: ", ")
  }

  /// That the versions of ATT&CK differ, and what that means; nil if they don't differ.
  package var attackRemark: String? {
    guard hasOtherAttack, let old = attack.old, let new = attack.new else { return nil }
    return old.domain == new.domain
      ? "ATT&CK's version changed from \(old.version) to \(new.version); revoked ids count as those that replaced them"
      : "techniques of \(old.title) and \(new.title) can't be compared"
  }

  /// That what runs can't be compared, and why; nil if it can, or neither state tells what is collected.
  package var telemetryRemark: String? {
    switch lacksTelemetry {
    case (true, false):
      "the old state doesn't say what is collected, so what runs can't be compared; keep a catalog.json that was made with telemetry"
    case (false, true):
      "the new state doesn't say what is collected, so what runs can't be compared; name a telemetry file"
    case (true, true), (false, false): nil
    }
  }

  /// What can't be compared; nil if everything can.
  package var formatRemark: String? {
    guard !notCompared.isEmpty else { return nil }
    return
      "the kept catalog.json is of format 1, which doesn't hold all of a rule's logic: changes to conditions, selections, old "
      + "aggregations, a correlation's fields, aliases and 'generate', and a filter's tests can't be seen; keep one that this version makes"
  }

  private func detail(_ part: RulePart, _ before: [String], _ after: [String]) -> String {
    switch part {
    case .level, .status, .ruleClass, .date, .modified, .timespan, .generate:
      return " (\(before.first ?? "none") → \(after.first ?? "none"))"
    case .aggregation: return " (\(words(before, ", ")) → \(words(after, ", ")))"
    case .groupBy, .fields: return " (\(words(before, ", ")) → \(words(after, ", ")))"
    case .correlation:
      return areSame(before, after) ? " (rules)" : " (\(words(before, " ")) → \(words(after, " ")))"
    case .logSource: return " (\(words(before, "/")) → \(words(after, "/")))"
    case .techniques, .events, .tags: return named(before, after) { $0 }
    case .tactics: return named(before, after) { id in tacticNames[id].map { "\(id) \($0)" } ?? id }
    case .values, .exclusions, .authors, .references, .falsePositives, .simulations:
      let (added, removed) = (missing(after, in: before).count, missing(before, in: after).count)
      let counts = [added > 0 ? "\(added) added" : nil, removed > 0 ? "\(removed) removed" : nil].compactMap { $0 }
      return counts.isEmpty ? " (in another order)" : " (\(counts.joined(separator: ", ")))"
    case .id, .title, .description, .condition, .selections, .aliases, .scope, .logic: return ""
    }
  }

  private func words(_ texts: [String], _ separator: String) -> String {
    let texts = texts.filter { !$0.isEmpty }
    return texts.isEmpty ? "none" : texts.joined(separator: separator)
  }

  /// What was added and removed, by name, with the first three of each.
  private func named(_ before: [String], _ after: [String], _ name: (String) -> String) -> String {
    let sides = [(missing(after, in: before), "added"), (missing(before, in: after), "removed")]
    let parts = sides.filter { !$0.0.isEmpty }.map { texts, what in
      let rest = texts.count > 3 ? " and \(texts.count - 3) more" : ""
      return "\(texts.prefix(3).map(name).joined(separator: ", "))\(rest) \(what)"
    }
    return parts.isEmpty ? " (in another order)" : " (\(parts.joined(separator: "; ")))"
  }

  private func missing(_ texts: [String], in others: [String]) -> [String] {
    let others = Set(others.map { Array($0.utf8) })
    return texts.filter { !others.contains(Array($0.utf8)) }
  }

  private func areSame(_ left: [String], _ right: [String]) -> Bool {
    left.elementsEqual(right) { $0.utf8.elementsEqual($1.utf8) }
  }
}

extension RulePart {
  /// As listed among changes: `log source`.
  package var words: String {
    switch self {
    case .logSource: "log source"
    case .falsePositives: "false positives"
    case .timespan: "time span"
    case .groupBy: "group by"
    default: rawValue
    }
  }
}
