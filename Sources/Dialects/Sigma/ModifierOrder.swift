/// Which modifiers can follow each other: each works on the value as the ones before it left it, as in pySigma (Sigma
/// Specification 2.1.0, appendix “Modifiers”).
struct ModifierOrder {
  /// What a modifier does to a value.
  private enum Effect {
    /// Adds wildcards around a text.
    case surround
    /// Encodes a text as UTF-16 bytes, or as Base64.
    case widen, encode
    /// Turns a text into variants, or fixes its case.
    case vary, fixCase
    /// Turns a value into something that is no longer text: a pattern, a network, a number, a truth value, a name.
    case pattern, network, number, presence, reference
    /// Takes a number out of a date.
    case time
    /// Determines how values are combined.
    case logic

    init?(_ name: String) {
      switch name {
      case "contains", "startswith", "endswith": self = .surround
      case "wide", "utf16", "utf16le", "utf16be": self = .widen
      case "base64", "base64offset": self = .encode
      case "windash": self = .vary
      case "cased": self = .fixCase
      case "re": self = .pattern
      case "cidr": self = .network
      case "lt", "lte", "gt", "gte": self = .number
      case "exists": self = .presence
      case "fieldref": self = .reference
      case "all", "neq": self = .logic
      case _ where TimePart(named: name) != nil: self = .time
      default: return nil
      }
    }

    /// Whether it works only on text.
    var needsText: Bool {
      switch self {
      case .widen, .encode, .vary, .fixCase: true
      default: false
      }
    }

    /// Whether its result is no longer text.
    var endsText: Bool {
      switch self {
      case .pattern, .network, .number, .presence, .reference: true
      default: false
      }
    }
  }

  /// Whether a modifier works only on text, so that engines refuse numbers and Booleans with it.
  static func needsText(_ name: String) -> Bool {
    Effect(name).map { $0 == .surround || $0.needsText } ?? false
  }

  private var earlier: [(name: String, effect: Effect)] = []

  /// Takes the next modifier of a key.
  ///
  /// - Returns: why it can't work after those before it. Whether the comparison is set twice isn't checked here.
  mutating func fault(adding name: String, offset: Int) -> FieldKeyError? {
    guard let effect = Effect(name) else { return nil }
    // An encoding can be applied to another one.
    if effect != .encode, earlier.contains(where: { $0.name == name }) {
      return .repeated(name, isRefused: effect.endsText, offset: offset)
    }
    defer { if !earlier.contains(where: { $0.name == name }) { earlier.append((name, effect)) } }
    for (other, before) in earlier {
      switch (before, effect) {
      case (.surround, .encode), (.surround, .pattern), (.encode, .widen), (.encode, .vary), (.number, .time),
        (.logic, .presence):
        return .misplaced(name, mustPrecede: other, offset: offset)
      case (.time, .number), (.time, .logic), (.logic, .time): continue
      case (.time, _), (_, .time):
        return .clash(other, name, offset: offset)
      case (.widen, .widen): return .clash(other, name, offset: offset)
      case _ where before.endsText && effect.needsText, _ where before.needsText && effect.endsText:
        return .clash(other, name, offset: offset)
      default: continue
      }
    }
    return nil
  }
}
