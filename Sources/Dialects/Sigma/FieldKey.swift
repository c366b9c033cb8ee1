import Diagnostics
import DialectReading
import RuleModel

/// The key of a detection map: a field and the modifiers chained to it, `CommandLine|contains|all`
/// (Sigma Specification 2.1.0, “Value Modifiers”, and appendix “Modifiers”).
struct FieldKey: Equatable {
  /// What the modifiers make of each value.
  enum Comparison: Equatable {
    /// Text with wildcards, and whether stars are added around it.
    case text(leadingStar: Bool, trailingStar: Bool)
    case regex
    case cidr
    case number(TestKind)
    case exists
    case fieldReference
  }

  /// nil for a search over the whole event: the key is `|all` or the like.
  var field: String?
  var comparison: Comparison
  /// The modifiers that are part of the test.
  var modifiers: TestModifiers
  /// Whether all of the values must match, instead of one of them.
  var requiresAll: Bool
  var isNegated: Bool
  /// The first modifier that needs a value, which null isn't: `contains`.
  var valueModifier: String?
  /// The first modifier that works only on text: `windash`.
  var textModifier: String?
  /// The part of a time that is compared: `hour`.
  var timePart: TimePart?
  /// The first modifier that can't work where it is, although its meaning is clear.
  var fault: FieldKeyError?
}

/// Why a key's modifiers can't be used.
enum FieldKeyError: Error, Equatable {
  /// `F|`, `F||contains`.
  case emptyModifier(offset: Int)
  /// - Parameter advice: what to write instead.
  case unknownModifier(String, advice: String, offset: Int)
  /// One that can't work on another's result, and must come before it: `F|contains|base64`.
  case misplaced(String, mustPrecede: String, offset: Int)
  case clash(String, String, offset: Int)
  /// One that is repeated: the second in `F|all|all` has no effect, and engines refuse `F|re|re`.
  case repeated(String, isRefused: Bool, offset: Int)
  /// A regular expression flag without a regular expression: `F|i`.
  case flagAlone(String, offset: Int)

  var offset: Int {
    switch self {
    case .emptyModifier(let offset), .unknownModifier(_, _, let offset), .misplaced(_, _, let offset),
      .clash(_, _, let offset), .repeated(_, _, let offset), .flagAlone(_, let offset):
      offset
    }
  }

  var severity: Diagnostic.Severity {
    if case .repeated(_, isRefused: false, _) = self { .warning } else { .error }
  }

  var message: String {
    switch self {
    case .emptyModifier: "a modifier is missing behind '|'; write one or remove the '|'"
    case .unknownModifier(let name, let advice, _): "unknown modifier '\(shortened(name))'; \(advice)"
    case .misplaced(let name, let other, _):
      "'\(name)' can't work on what '\(other)' makes; write '\(name)' before '\(other)'"
    case .repeated(let name, _, _): "the modifier '\(name)' occurs twice; remove one"
    case .flagAlone(let name, _): "'\(name)' is a flag of 're'; write '|re' before it"
    case .clash(let first, let second, _): "the modifiers '\(first)' and '\(second)' exclude each other; remove one"
    }
  }
}

extension FieldKey {
  private static let comparisons = [
    "contains", "startswith", "endswith", "re", "cidr", "lt", "lte", "gt", "gte", "exists", "fieldref",
  ]
  private static let regexFlags = [
    "i": TestModifiers.ignoreCase, "ignorecase": .ignoreCase, "m": .multiline, "multiline": .multiline, "s": .dotAll,
    "dotall": .dotAll,
  ]
  private static let transformations: [String: TestModifiers] = [
    "base64": .base64, "base64offset": .base64offset, "cased": .cased, "expand": .expand, "windash": .windash,
    "utf16": .utf16, "utf16be": .utf16be, "utf16le": .utf16le, "wide": .wide, "minute": .minute, "hour": .hour,
    "day": .day, "week": .week, "month": .month, "year": .year,
  ]
  private static let logic = ["all", "neq"]

  /// - Throws: the first modifier that is unknown or excludes an earlier one; its offset counts UTF-8 bytes of the key.
  init(parsing key: String) throws(FieldKeyError) {
    let parts = key.split(separator: "|", omittingEmptySubsequences: false)
    field = parts[0].isEmpty ? nil : String(parts[0])
    comparison = .text(leadingStar: false, trailingStar: false)
    modifiers = []
    requiresAll = false
    isNegated = false
    var chosen: String?
    var order = ModifierOrder()
    for part in parts.dropFirst() {
      let name = String(part)
      let offset = key.utf8.distance(from: key.startIndex, to: part.startIndex)
      if name.isEmpty { throw .emptyModifier(offset: offset) }
      if fault == nil { fault = order.fault(adding: name, offset: offset) }
      if textModifier == nil, ModifierOrder.needsText(name) { textModifier = name }
      if let part = TimePart(named: name) { timePart = part }
      if valueModifier == nil, !FieldKey.logic.contains(name), name != "expand" { valueModifier = name }
      if let transformation = FieldKey.transformations[name] {
        modifiers.insert(transformation)
      } else if let flag = FieldKey.regexFlags[name] {
        guard comparison == .regex else { throw .flagAlone(name, offset: offset) }
        modifiers.insert(flag)
      } else if FieldKey.logic.contains(name) {
        if name == "all" { requiresAll = true } else { isNegated.toggle() }
      } else if FieldKey.comparisons.contains(name) {
        try choose(name, after: &chosen, offset: offset)
      } else {
        throw .unknownModifier(name, advice: FieldKey.advice(onModifier: name), offset: offset)
      }
    }
  }

  /// What to write instead of a modifier that doesn't exist.
  private static func advice(onModifier name: String) -> String {
    let plain = name[...].trimmed().lowercased()
    let known = comparisons + logic + transformations.keys.sorted() + regexFlags.keys.sorted()
    if known.contains(plain) { return "did you mean '\(plain)'?" }
    let positive = comparisons.first {
      plain.hasSuffix($0) && ["not", "no", "n", "not-", "not_", "does-not-", "!"].contains(plain.dropLast($0.count))
    }
    if let positive { return "write '\(positive)|neq' for its opposite" }
    if let all = comparisons.first(where: { ["\($0)all", "\($0)_all", "\($0)-all"].contains(plain) }) {
      return "did you mean '\(all)|all'?"
    }
    switch plain {
    case "not", "ne", "noteq", "notequals", "not_equals", "!=", "isnot":
      return "write 'neq', or a search identifier of its own with 'not' before it in the condition"
    case "in", "any", "or", "oneof", "anyof": return "remove it, as a list of values means any of them"
    case "and", "allof", "all_of", "all-of": return "did you mean 'all'?"
    case "eq", "equal", "equals", "is", "exact", "==", "=": return "remove it, as a value without modifiers means equal"
    case "like", "wildcard", "glob", "match", "matches":
      return "remove it, as '*' and '?' in a value are wildcards, or write 're' for a regular expression"
    case "regex", "regexp", "rx": return "did you mean 're'?"
    case "icontains", "iendswith", "istartswith", "iequals", "iregex":
      return "remove the 'i', as values are compared without case unless 'cased' says otherwise"
    case "null", "isnull", "empty": return "write null as the value instead"
    case "ip", "subnet", "network": return "did you mean 'cidr'?"
    default:
      return nearestName(to: plain, in: known).map { "did you mean '\($0)'?" }
        ?? "see the specification's appendix “Modifiers”"
    }
  }

  /// Adds a modifier that determines how values are compared. `re` drops what would be added around a text, `fieldref`
  /// keeps it as modifiers.
  private mutating func choose(_ name: String, after chosen: inout String?, offset: Int) throws(FieldKeyError) {
    let (leading, trailing) = (name == "contains" || name == "endswith", name == "contains" || name == "startswith")
    if name == chosen { return }
    switch (comparison, leading || trailing) {
    case (.text(let hasLeading, let hasTrailing), true):
      comparison = .text(leadingStar: hasLeading || leading, trailingStar: hasTrailing || trailing)
    case (.regex, true): break
    case (.fieldReference, true): modifiers.formUnion(TestModifiers(name: name) ?? [])
    case (.text(let hasLeading, let hasTrailing), false):
      switch name {
      case "re": comparison = .regex
      case "fieldref":
        comparison = .fieldReference
        switch (hasLeading, hasTrailing) {
        case (true, true): modifiers.insert(.contains)
        case (true, false): modifiers.insert(.endswith)
        case (false, true): modifiers.insert(.startswith)
        case (false, false): break
        }
      case "exists": comparison = .exists
      case "cidr": comparison = .cidr
      default: comparison = .number(TestKind(rawValue: name) ?? .eq)
      }
      if hasLeading || hasTrailing, name != "re", name != "fieldref" {
        throw .clash(chosen ?? name, name, offset: offset)
      }
    default: throw .clash(chosen ?? name, name, offset: offset)
    }
    if chosen != "re" { chosen = name }
  }
}
