import Diagnostics
import RuleModel

/// One rule of the Linux audit system.
///
/// - SeeAlso: auditctl(8), audit.rules(7).
struct AuditRule: Hashable, Sendable {
  /// The list that it is in.
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
  /// Whether it writes records; else it keeps them from being written.
  var isAlways: Bool
  /// The system calls that it is about.
  var calls = CallMask()
  /// Names and numbers of calls that aren't known: it may be about any call.
  var unknownCalls: [String] = []
  /// Joined by `and`.
  var fields: [Field] = []
  /// Comparisons of two fields (`-C`), as written.
  var comparisons: [String] = []
  var keys: [String] = []
  /// Whether it was written as a watch (`-w`) whose path may be of a file as well as of a folder.
  var isWatch = false
  /// Why it may not be loaded, or may say something else than what is read here.
  var doubts: [String] = []
  var location: SourceLocation
  var text: String
}

extension AuditRule {
  /// What is the same of rules that the kernel takes for one (`audit_compare_rule`).
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

  /// The letters of `perm`; nil where it doesn't ask for a kind of access.
  var permissions: String? { fields.last { $0.name == "perm" }?.value.lowercased() }

  /// What it asks of the fields of an event's records; what its calls are is asked by ``calls``.
  func condition(_ facts: AuditdFacts) -> Predicate {
    .conjunction(
      fields.map { $0.condition(facts) } + comparisons.map { .opaque("-C \($0)") } + doubts.map { .opaque($0) })
  }

  /// The calls that it is about, each part with what it asks of the fields. By the letters of `perm` the kernel chooses among
  /// the calls, and of those that open a file it looks at the flags.
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
