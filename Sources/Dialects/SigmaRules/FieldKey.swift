import Diagnostics
import RuleModel

/// The key of a detection map: a field and the modifiers chained to it, `CommandLine|contains|all`
/// (Sigma Specification 2.1.0, “Value Modifiers”, and appendix “Modifiers”).
struct FieldKey: Equatable {
  /// What the modifiers make of each value.
  enum Comparison: Equatable {
    /// Text with wildcards, and what is put around it.
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
  /// Those that are part of the test.
  var modifiers: TestModifiers
  /// All of the values must match, instead of one of them.
  var requiresAll: Bool
  var isNegated: Bool
}

/// Why a key's modifiers can't be used.
enum FieldKeyError: Error, Equatable {
  case unknownModifier(String, nearest: String?, offset: Int)
  case clash(String, String, offset: Int)
  /// A flag of a regular expression without one: `F|i`.
  case flagAlone(String, offset: Int)

  var offset: Int {
    switch self {
    case .unknownModifier(_, _, let offset), .clash(_, _, let offset), .flagAlone(_, let offset): offset
    }
  }

  var message: String {
    switch self {
    case .unknownModifier(let name, let nearest?, _): "unknown modifier '\(name)'; did you mean '\(nearest)'?"
    case .unknownModifier(let name, nil, _): "unknown modifier '\(name)'; see the specification's appendix “Modifiers”"
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
    for part in parts.dropFirst() {
      let name = String(part)
      let offset = key.utf8.distance(from: key.startIndex, to: part.startIndex)
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
        let known = FieldKey.comparisons + FieldKey.logic + FieldKey.transformations.keys.sorted() + ["i", "m", "s"]
        throw .unknownModifier(name, nearest: nearestName(to: name, in: known), offset: offset)
      }
    }
  }

  /// Adds a modifier that says how values are compared. `re` swallows what is put around a text, `fieldref` keeps it as modifiers.
  private mutating func choose(_ name: String, after chosen: inout String?, offset: Int) throws(FieldKeyError) {
    let (leading, trailing) = (name == "contains" || name == "endswith", name == "contains" || name == "startswith")
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
