/// Which modifiers can follow each other: each works on what those before it made of the value, as in pySigma
/// (Sigma Specification 2.1.0, appendix “Modifiers”).
struct ModifierOrder {
  /// What a modifier makes of a value.
  private enum Effect {
    /// Wildcards around a text.
    case surround
    /// A text as bytes of UTF-16; as Base64.
    case widen, encode
    /// A text as other texts, or with its case.
    case vary, fixCase
    /// A value that is no text any more: a pattern, a network, a number, a truth value, a name.
    case pattern, network, number, presence, reference
    /// A number out of a date.
    case time
    /// How the values go together.
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

    /// Whether it works on texts alone.
    var needsText: Bool {
      switch self {
      case .widen, .encode, .vary, .fixCase: true
      default: false
      }
    }

    /// Whether what it makes is no text any more.
    var endsText: Bool {
      switch self {
      case .pattern, .network, .number, .presence, .reference: true
      default: false
      }
    }
  }

  /// Whether a modifier works on texts alone, so that engines refuse numbers and booleans behind it.
  static func needsText(_ name: String) -> Bool {
    Effect(name).map { $0 == .surround || $0.needsText } ?? false
  }

  private var earlier: [(name: String, effect: Effect)] = []

  /// Takes the next modifier of a key.
  ///
  /// - Returns: why it can't work after those before it. What changes the way of comparing twice isn't looked at here.
  mutating func fault(adding name: String, offset: Int) -> FieldKeyError? {
    guard let effect = Effect(name) else { return nil }
    // Of an encoding there can be another one.
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
