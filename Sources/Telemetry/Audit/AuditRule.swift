import Diagnostics
import RuleModel

/// One rule of the Linux audit system.
///
/// - SeeAlso: auditctl(8), audit.rules(7).
struct AuditRule: Hashable, Sendable {
  /// The list that it stands in.
  enum List: String, Hashable, Sendable, CaseIterable {
    case task, exit, user, exclude, filesystem
    /// The list of before Linux 3.0, which took rules for `exit`.
    case entry
  }

  struct Field: Hashable, Sendable {
    var name: String
    var comparison: String
    var value: String
  }

  var list: List
  /// Whether it writes records; else it keeps them from being written.
  var isAlways: Bool
  /// System calls by name; nil for all.
  var calls: Set<String>? = nil
  /// Joined by `and`.
  var fields: [Field] = []
  /// Comparisons of two fields (`-C`), as written.
  var comparisons: [String] = []
  var location: SourceLocation
  var text: String
}

extension AuditRule {
  /// What it asks of the fields of an event's records; the architecture and the key ask nothing.
  var condition: Predicate {
    .conjunction(fields.map(\.condition) + comparisons.map { .opaque("-C \($0)") })
  }

  /// The letters of `perm`; nil where it doesn't ask for a kind of access.
  var permissions: String? { fields.first { $0.name == "perm" }?.value }

  /// The record that it is about, on the list `exclude`.
  var recordType: String? { fields.first { $0.name == "msgtype" && $0.comparison == "=" }?.value.uppercased() }
}

extension AuditRule.Field {
  fileprivate var condition: Predicate {
    func test(_ field: String, _ kind: TestKind, _ value: String) -> Predicate {
      .test(Test(field: field, kind: kind, value: value, modifiers: .cased))
    }
    switch (name, comparison) {
    case ("arch", _), ("key", _), ("perm", _), ("msgtype", _): return .always
    case ("path", "="): return test("name", .eq, value)
    case ("dir", "="):
      let folder = value.hasSuffix("/") ? String(value.dropLast()) : value
      return .any([test("name", .eq, folder), test("name", .startsWith, folder + "/")])
    case ("success", "="):
      return test("success", .eq, ["1", "yes", "true"].contains(value) ? "yes" : "no")
    // Arguments, exit codes and names of users stand otherwise in the record than in the rule.
    case (_, "=") where isComparable: return test(name, .eq, value)
    case (_, "!=") where isComparable: return .not(test(name, .eq, value))
    case (_, "<") where isComparable: return .test(Test(field: name, kind: .lt, value: value))
    case (_, "<=") where isComparable: return .test(Test(field: name, kind: .lte, value: value))
    case (_, ">") where isComparable: return .test(Test(field: name, kind: .gt, value: value))
    case (_, ">=") where isComparable: return .test(Test(field: name, kind: .gte, value: value))
    default: return .opaque("-F \(name)\(comparison)\(value)")
    }
  }

  private var isComparable: Bool {
    switch name {
    case "exe": true
    case "uid", "auid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid", "pid", "ppid": Int(value) != nil
    default: false
    }
  }
}
