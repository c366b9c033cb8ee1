import RuleModel
import XML

/// How Sysmon compares a field with a value; case never matters.
///
/// - SeeAlso: `filters` in Sysmon's schema 4.90; `MatchFilterOnSpecificRule` in rules.c of Sysinternals/SysmonCommon.
///   Microsoft's table of conditions has `excludes any` and `excludes all` the wrong way round; this follows the code.
enum SysmonCondition: String, CaseIterable {
  case `is`
  case isNot = "is not"
  case contains
  case containsAny = "contains any"
  case isAny = "is any"
  case containsAll = "contains all"
  case excludes
  case excludesAny = "excludes any"
  case excludesAll = "excludes all"
  case beginsWith = "begin with"
  case notBeginsWith = "not begin with"
  case endsWith = "end with"
  case notEndsWith = "not end with"
  case lessThan = "less than"
  case moreThan = "more than"
  case image

  /// `is` if none is given; nil for one that Sysmon doesn't have.
  init?(of element: XMLElement) {
    let written = element.value(of: "condition") ?? ""
    self.init(rawValue: written.isEmpty ? SysmonCondition.is.rawValue : written.lowercased())
  }

  /// The same condition for several values, any of which suffices.
  var ofSeveral: SysmonCondition? {
    switch self {
    case .is: .isAny
    case .contains: .containsAny
    case .excludes: .excludesAny
    default: nil
    }
  }

  /// Whether the value is a list separated by `;`.
  var takesList: Bool {
    switch self {
    case .containsAny, .isAny, .containsAll, .excludesAny, .excludesAll: true
    default: false
    }
  }

  /// Whether it searches for a value within others.
  var findsParts: Bool {
    switch self {
    case .contains, .excludes, .beginsWith, .notBeginsWith, .endsWith, .notEndsWith: true
    default: false
    }
  }

  /// - Parameter test: makes a test of the field.
  func predicate(of value: String, test: (TestKind, String) -> Predicate) -> Predicate {
    switch self {
    case .is: return test(.eq, value)
    case .isNot: return .negation(test(.eq, value))
    case .contains: return SysmonCondition.contains(value, test)
    case .excludes: return .negation(SysmonCondition.contains(value, test))
    case .containsAny, .excludesAny:
      let any = Predicate.disjunction(items(of: value).map { SysmonCondition.contains($0, test) })
      return self == .containsAny ? any : .negation(any)
    case .containsAll, .excludesAll:
      let all = Predicate.conjunction(items(of: value).map { SysmonCondition.contains($0, test) })
      return self == .containsAll ? all : .negation(all)
    case .isAny: return .disjunction(items(of: value).map { test(.eq, $0) })
    case .beginsWith: return value.isEmpty ? .always : test(.startsWith, value)
    case .notBeginsWith: return value.isEmpty ? .never : .negation(test(.startsWith, value))
    case .endsWith: return value.isEmpty ? .always : test(.endsWith, value)
    case .notEndsWith: return value.isEmpty ? .never : .negation(test(.endsWith, value))
    // Compared as text, not as numbers.
    case .lessThan: return test(.lt, value)
    case .moreThan: return test(.gt, value)
    case .image:
      // A name without a path is compared with what follows the last backslash.
      if value.contains("\\") { return test(.eq, value) }
      return .any([test(.eq, value), test(.endsWith, "\\" + value)])
    }
  }

  /// An empty text is contained in every value that isn't empty.
  private static func contains(_ value: String, _ test: (TestKind, String) -> Predicate) -> Predicate {
    value.isEmpty ? test(.exists, "true") : test(.contains, value)
  }

  /// The items of a list, untrimmed. For a substring comparison, an empty item stands for everything that follows it,
  /// including separators, because Sysmon takes its length to mean "to the end".
  private func items(of value: String) -> [String] {
    let parts = value.split(separator: ";", omittingEmptySubsequences: false)
    return parts.map { $0.isEmpty && self != .isAny ? String(value[$0.startIndex...]) : String($0) }
  }
}
