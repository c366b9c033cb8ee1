import Diagnostics
import Events
import RuleModel

/// The audit rules of a Linux host: which records they have written.
struct AuditRuleSet: Sendable {
  let rules: [AuditRule]
  /// Where auditing is turned off as a whole.
  let disabled: SourceLocation?
  let facts: AuditdFacts
  /// The files as a whole.
  let location: SourceLocation

  var provider: String { facts.provider }

  /// What becomes of a record; nil for one that isn't known.
  ///
  /// Records of system calls are written where a rule asks for the call. The first rule that matches decides, so that a
  /// `never` holds against the `always` behind it. The rules of the list `exclude` take records out of all.
  func filter(for event: Event) -> EventFilter? {
    let source = TelemetrySource(.auditd, at: location)
    if let disabled { return EventFilter(source: TelemetrySource(.auditd, at: disabled), keeps: []) }
    let excluded = rules.filter { $0.list == .exclude && ($0.recordType ?? event.name) == event.name }
    var drops = excluded.map { rule in FilterClause(rule.condition, at: rule.location, text: rule.text) }
    guard let record = facts.records[event.name] else {
      guard facts.unasked.contains(event.name) else { return nil }
      if event.name.hasPrefix("USER_") {
        drops += rules.filter { $0.list == .user && !$0.isAlways }.map {
          FilterClause($0.condition, at: $0.location, text: $0.text)
        }
      }
      return EventFilter(source: source, drops: drops)
    }
    // A task that is never audited has no context to write a call from.
    let tasks = rules.filter { $0.list == .task && !$0.isAlways }
    drops += tasks.map { FilterClause($0.condition, at: $0.location, text: $0.text) }
    let ofCalls = rules.filter { $0.list == .exit || $0.list == .entry || $0.list == .filesystem }
    let last = ofCalls.lastIndex(where: \.isAlways) ?? 0
    var keeps: [FilterClause] = []
    // Calls that are never recorded, whatever else is asked behind.
    var silenced: Set<String> = []
    for (index, rule) in ofCalls.enumerated() where rule.isAlways || index < last {
      var rule = rule
      if rule.isAlways, let calls = rule.calls {
        rule.calls = calls.subtracting(silenced)
        if rule.calls?.isEmpty == true { continue }
      }
      if !rule.isAlways, rule.condition.isAlways { silenced.formUnion(rule.calls ?? []) }
      guard let condition = record.condition(of: rule, named: event.name) else { continue }
      let clause = FilterClause(
        .conjunction([condition, rule.condition]), at: rule.location, text: rule.text)
      if rule.isAlways { keeps.append(clause) } else { drops.append(clause) }
    }
    let place = keeps.first.map { TelemetrySource(.auditd, at: $0.location) } ?? source
    return EventFilter(source: place, keeps: keeps, drops: drops)
  }
}

extension AuditdFacts.Record {
  /// Which system calls' records a rule concerns, as a condition on the call; nil where it concerns none.
  fileprivate func condition(of rule: AuditRule, named name: String) -> Predicate? {
    if let permissions = rule.permissions, rule.calls == nil { return condition(ofAccess: permissions, named: name) }
    func isOne(of calls: Set<String>) -> Predicate {
      .disjunction(
        calls.sorted().map { .test(Test(field: "syscall", kind: .eq, value: $0, modifiers: .cased)) })
    }
    guard let asked = rule.calls else { return .always }
    guard let calls else { return isOne(of: asked) }
    let common = calls.intersection(asked)
    if common.isEmpty { return nil }
    return whole.isSubset(of: asked) ? .always : isOne(of: common)
  }

  /// The kernel chooses the calls that read, write, run or change attributes.
  private func condition(ofAccess permissions: String, named name: String) -> Predicate? {
    let isWhole = Set(permissions) == Set("rwxa")
    if calls?.contains("execve") == true, calls?.contains("open") != true {
      return permissions.contains("x") ? .always : nil
    }
    guard calls == nil || calls?.contains("open") == true else { return nil }
    return isWhole ? .always : .opaque("perm=\(permissions)")
  }
}
