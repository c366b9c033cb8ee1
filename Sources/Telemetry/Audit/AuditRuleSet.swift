import Diagnostics
import Events
import RuleModel

/// The audit rules of a Linux host, which decide which records are written.
struct AuditRuleSet: Sendable {
  let rules: [AuditRule]
  /// Where auditing is turned off altogether.
  let disabled: SourceLocation?
  let facts: AuditdFacts
  /// The location of the files as a whole.
  let location: SourceLocation

  var provider: String { facts.provider }

  private func rules(of lists: AuditRule.List...) -> [AuditRule] { rules.filter { lists.contains($0.list) } }

  /// What happens to a record; nil for an unknown one.
  ///
  /// Records of system calls are written if a rule selects the call. The first matching rule decides, so that a `never`
  /// overrides a later `always`. The rules on the `exclude` list remove records of any kind.
  func filter(for event: Event) -> EventFilter? {
    let record = facts.records[event.name]
    guard record != nil || facts.unasked.contains(event.name) else { return nil }
    if let disabled { return EventFilter(source: TelemetrySource(.auditd, at: disabled), keeps: []) }
    let type = facts.types[event.name] ?? 0
    var filter = EventFilter(source: TelemetrySource(.auditd, at: location))
    if let record {
      filter = self.filter(for: record, named: event.name)
      // If no context is created, or no call is selected, there is nothing to exclude either.
      if filter.keeps?.isEmpty == true { return filter }
      if event.name == "PATH" { filter.drops += leftOutFileSystems() }
    } else if facts.messages.contains(where: { $0.matches(String(type)) }) {
      filter.drops += messageDrops(type)
    }
    filter.drops += exclusions(type)
    return filter
  }

  private func clause(_ rule: AuditRule, _ predicate: Predicate) -> FilterClause {
    FilterClause(predicate, at: rule.location, text: rule.text)
  }
}

// MARK: Message records, and records of all kinds

extension AuditRuleSet {
  /// A rule's condition for a record of this type; nil if it doesn't apply. A rule without a field applies to nothing
  /// (`audit_filter`).
  private func condition(of rule: AuditRule, type: Int) -> Predicate? {
    guard !rule.fields.isEmpty else { return nil }
    switch rule.match(ofType: type, facts) {
    case .never: return nil
    case .always: return rule.condition(facts)
    case .unknown: return .conjunction([rule.condition(facts), .opaque(rule.text)])
    }
  }

  private func exclusions(_ type: Int) -> [FilterClause] {
    rules(of: .exclude).compactMap { rule in condition(of: rule, type: type).map { clause(rule, $0) } }
  }

  /// What the `user` list drops: the first matching rule decides.
  private func messageDrops(_ type: Int) -> [FilterClause] {
    var (drops, earlier): ([FilterClause], [Predicate]) = ([], [])
    for rule in rules(of: .user) {
      guard let condition = condition(of: rule, type: type) else { continue }
      if rule.isAlways {
        if condition.isAlways { break }
        earlier.append(condition)
      } else {
        drops.append(clause(rule, .conjunction([condition] + earlier.map { .negation($0) })))
      }
    }
    return drops
  }

  /// Paths on file systems whose names the kernel doesn't collect; `always` has no effect here (`__audit_inode`).
  private func leftOutFileSystems() -> [FilterClause] {
    rules(of: .filesystem).filter { !$0.isAlways && !$0.fields.isEmpty }.map { clause($0, $0.condition(facts)) }
  }
}

// MARK: System call records

extension AuditRuleSet {
  /// What `always` rules select.
  private struct Asked {
    var rule: AuditRule
    var calls: CallMask
    var condition: Predicate
  }

  private func filter(for record: AuditdFacts.Record, named name: String) -> EventFilter {
    let (all, whole) = facts.masks(of: record)
    let source = TelemetrySource(.auditd, at: location)
    var keeps: [FilterClause] = []
    var drops: [FilterClause] = []
    switch tasks() {
    case .never(let rule): return EventFilter(source: TelemetrySource(.auditd, at: rule.location), keeps: [])
    case .always(let rule): return EventFilter(source: TelemetrySource(.auditd, at: rule.location))
    case .depends(let always, let never): (keeps, drops) = (always, never)
    }
    var asked: [Asked] = []
    // Calls that are never recorded, whatever later rules select.
    var silenced = CallMask()
    // A suppressing rule after the last recording one has no effect.
    var pending: [FilterClause] = []
    for rule in rules(of: .exit, .uring) {
      for part in rule.parts(facts) {
        let calls = part.calls.intersection(all).subtracting(silenced)
        guard !calls.isEmpty else { continue }
        if rule.isAlways {
          let program = name == "EXECVE" ? rule.nameOfProgram : .always
          asked.append(Asked(rule: rule, calls: calls, condition: .conjunction([part.condition, program])))
          drops += pending
          pending = []
        } else if part.condition.isAlways {
          silenced = silenced.union(calls)
        } else {
          pending.append(clause(rule, drop(of: calls, part.condition, behind: asked, of: all, whole: whole)))
        }
      }
    }
    keeps += self.keeps(asked, of: all, whole: whole)
    let place = keeps.first.map { TelemetrySource(.auditd, at: $0.location) } ?? source
    return EventFilter(source: place, keeps: keeps, drops: keeps.isEmpty ? [] : drops)
  }

  /// The maximum number of earlier rules with which a suppressing rule is compared.
  private static let heldAgainst = 64

  /// What an earlier rule records stays recorded.
  private func drop(
    of calls: CallMask, _ condition: Predicate, behind asked: [Asked], of all: CallMask, whole: CallMask
  ) -> Predicate {
    let earlier = asked.filter { !$0.calls.intersection(calls).isEmpty }
    if earlier.contains(where: { $0.condition.isAlways && $0.calls.isSuperset(of: calls) }) { return .never }
    let own = [predicate(of: calls, among: all, whole: whole), condition]
    // After very many rules, what they all record isn't worked out: n rules after n others would take n² steps.
    guard earlier.count <= AuditRuleSet.heldAgainst else {
      return .conjunction(own + [.opaque("no rule before it records it")])
    }
    let kept = earlier.map { Predicate.conjunction([predicate(of: $0.calls, among: all, whole: whole), $0.condition]) }
    return .conjunction(own + kept.map { .negation($0) })
  }

  private func keeps(_ asked: [Asked], of all: CallMask, whole: CallMask) -> [FilterClause] {
    // Several rules may only together select everything that matters: one for each call, or one for each architecture.
    var together: [Predicate: (calls: CallMask, first: AuditRule)] = [:]
    for one in asked {
      let earlier = together[one.condition] ?? (CallMask(), one.rule)
      together[one.condition] = (earlier.calls.union(one.calls), earlier.first)
    }
    return asked.compactMap { one in
      if let found = together[one.condition], found.calls.isSuperset(of: whole) {
        return found.first == one.rule ? clause(one.rule, one.condition) : nil
      }
      return clause(one.rule, .conjunction([predicate(of: one.calls, among: all, whole: whole), one.condition]))
    }
  }

  /// What the list of new tasks does: a task that is never audited has no context in which to record a call.
  private enum Tasks {
    case never(AuditRule)
    case always(AuditRule)
    case depends([FilterClause], [FilterClause])
  }

  private func tasks() -> Tasks {
    var (keeps, drops): ([FilterClause], [FilterClause]) = ([], [])
    for rule in rules(of: .task) {
      let condition = rule.condition(facts)
      if condition.isAlways, keeps.isEmpty, drops.isEmpty { return rule.isAlways ? .always(rule) : .never(rule) }
      // A process may change between its start and a later call.
      let clause = self.clause(rule, .opaque(rule.text))
      if rule.isAlways { keeps.append(clause) } else { drops.append(clause) }
      if condition.isAlways { break }
    }
    return .depends(keeps, drops)
  }

  /// A condition on a record's fields that it is for one of these calls.
  ///
  /// - Parameters:
  ///   - all: the calls that produce the record; if all calls of an interface are included, no test is needed.
  ///   - whole: the calls that matter.
  private func predicate(of calls: CallMask, among all: CallMask, whole: CallMask) -> Predicate {
    if calls.isSuperset(of: whole) { return .always }
    var parts: [Predicate] = []
    var known: Set<String> = []
    for interface in CallMask.Interface.allCases {
      let (own, every) = (calls.calls(of: interface), all.calls(of: interface))
      guard !own.isEmpty else { continue }
      // All calls of an interface need no names, and all but a few are described by those few.
      let (numbers, others) = (own.numbers(of: interface), every.subtracting(own).numbers(of: interface))
      let field = interface == .uring ? "uring_op" : "syscall"
      func isOne(of numbers: [Int], but known: Set<String>) -> Predicate {
        .disjunction(
          numbers.flatMap { number -> [Predicate] in
            let names = facts.names(ofCall: number, in: interface)
            // A record gives the name of a call without its interface, so one test is enough.
            guard names.isEmpty || !known.isSuperset(of: names) else { return [] }
            return (names + [String(number)]).map { name in
              .test(Test(field: field, kind: .eq, value: name))
            }
          })
      }
      let isAsked: Predicate =
        others.isEmpty
        ? .always
        : others.count < numbers.count ? .negation(isOne(of: others, but: [])) : isOne(of: numbers, but: known)
      if interface == .native { known.formUnion(numbers.flatMap { facts.names(ofCall: $0, in: interface) }) }
      switch interface {
      // Almost all programs on a 64-bit machine make these calls.
      case .native: parts.append(isAsked)
      case .compat: parts.append(.conjunction([.negation(isWide), isAsked]))
      case .uring:
        parts.append(others.isEmpty ? .test(Test(field: field, kind: .exists, value: "true")) : isAsked)
      }
    }
    return .disjunction(parts)
  }

  /// A test that a 64-bit program made the call: in raw records, the sign bit of the architecture's number
  /// (`__AUDIT_ARCH_64BIT`).
  private var isWide: Predicate {
    func test(_ kind: TestKind, _ value: String) -> Predicate { .test(Test(field: "arch", kind: kind, value: value)) }
    let names = facts.architectures.filter(\.value.isWide).keys.sorted()
    return .disjunction([test(.startsWith, "c00000"), test(.startsWith, "800000")] + names.map { test(.eq, $0) })
  }
}
