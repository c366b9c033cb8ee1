import Diagnostics
import RuleModel

/// One rule of the Linux audit system.
///
/// - SeeAlso: auditctl(8), audit.rules(7).
struct AuditRule: Hashable, Sendable {
  /// The rule's list.
  enum List: String, Hashable, Sendable, CaseIterable {
    case task, exit, user, exclude, filesystem
    case uring = "io_uring"
  }

  struct Field: Hashable, Sendable {
    /// In lower case.
    var name: String
    var comparison: String
    var value: String
  }

  var list: List
  /// Whether it writes records; otherwise, it suppresses them.
  var isAlways: Bool
  /// The system calls that it applies to.
  var calls = CallMask()
  /// Names and numbers of unknown calls, so that the rule may apply to any call.
  var unknownCalls: [String] = []
  /// Joined by `and`.
  var fields: [Field] = []
  /// Comparisons between two fields (`-C`), as written.
  var comparisons: [String] = []
  var keys: [String] = []
  /// Whether it was written as a watch (`-w`) whose path may be either a file or a folder.
  var isWatch = false
  /// Why it may fail to load, or may mean something other than what is read here.
  var doubts: [String] = []
  var location: SourceLocation
  var text: String
}

extension AuditRule {
  /// What two rules have in common if the kernel considers them equal (`audit_compare_rule`).
  struct Identity: Hashable {
    fileprivate var list: List
    fileprivate var isAlways: Bool
    fileprivate var calls: CallMask
    fileprivate var fields: [Field]
    fileprivate var unknownCalls: [String]
    fileprivate var comparisons: [String]
    fileprivate var keys: [String]
  }

  var identity: Identity {
    Identity(
      list: list, isAlways: isAlways, calls: calls, fields: fields, unknownCalls: unknownCalls,
      comparisons: comparisons, keys: keys)
  }

  /// The letters of `perm`; nil if the rule doesn't test for a kind of access.
  var permissions: String? { fields.last { $0.name == "perm" }?.value.lowercased() }

  /// The rule's condition on the fields of an event's records; its calls are tested by ``calls``.
  func condition(_ facts: AuditdFacts) -> Predicate {
    .conjunction(
      fields.map { $0.condition(facts) } + comparisons.map { .opaque("-C \($0)") } + doubts.map { .opaque($0) })
  }

  /// The calls that it applies to, each part with its condition on the fields. The kernel selects calls by the letters
  /// of `perm`, and for those that open a file it also checks the flags.
  func parts(_ facts: AuditdFacts) -> [(calls: CallMask, condition: Predicate)] {
    let condition = condition(facts)
    guard let permissions else { return [(calls, condition)] }
    let opens = facts.mask(ofCalls: facts.opens)
    var chosen = facts.mask(ofCalls: permissions.flatMap { facts.permissions[$0] ?? [] })
    let (reads, writes) = (permissions.contains("r"), permissions.contains("w"))
    if reads && writes { chosen = chosen.union(opens) }
    var parts = [(calls.intersection(chosen), condition)]
    if reads != writes {
      let flags = Predicate.opaque(reads ? "opened for reading" : "opened for writing")
      parts.append((calls.intersection(opens), .conjunction([condition, flags])))
    }
    return parts.filter { !$0.0.isEmpty }
  }
}
