import Diagnostics
import Documents
import RuleModel

/// The values of keys, with a finding where one has a form that its key can't have.
extension RuleReader {
  /// The text of a key, without the line end of a block; nil where it is absent or null.
  mutating func text(_ key: String) -> String? {
    guard let node = values[key], !node.isNull else { return nil }
    guard let text = node.text else {
      report(.ruleField, at: node, "'\(key)' must be a text; it is left out")
      return nil
    }
    let trimmed = text[...].trimmed()
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The nodes of a list; a single value counts as a list of one.
  mutating func list(_ key: String) -> [Node] {
    guard let node = values[key], !node.isNull else { return [] }
    switch node.kind {
    case .sequence: return node.items
    case .scalar: return [node]
    case .mapping:
      report(.ruleField, at: node, "'\(key)' must be a list; it is left out")
      return []
    }
  }

  mutating func texts(_ key: String) -> [String] {
    list(key).compactMap { node in
      guard let text = node.text, !node.isNull else {
        report(
          .ruleField, at: node,
          node.isNull
            ? "an entry of '\(key)' is empty; write a text or remove it"
            : "an entry of '\(key)' must be a text; it is left out")
        return nil
      }
      let trimmed = text[...].trimmed()
      if trimmed.isEmpty { report(.ruleField, at: node, "an entry of '\(key)' is empty; write a text or remove it") }
      return trimmed.isEmpty ? nil : trimmed
    }
  }

  mutating func named<Name: RawRepresentable<String>>(
    _ key: String, _ id: CheckID, _ names: [Name]
  ) -> Name? {
    guard let written = text(key), let node = values[key] else { return nil }
    if let name = Name(rawValue: written.lowercased()) { return name }
    let near = nearestName(to: written, in: names.map(\.rawValue)).map { "did you mean '\($0)'?" }
    report(
      id, at: node,
      "the \(key) '\(shortened(written))' is unknown; "
        + (near ?? "write one of \(names.map(\.rawValue).joined(separator: ", "))"))
    return nil
  }

  mutating func date(_ key: String) -> CalendarDate? {
    guard let node = values[key], text(key) != nil, let written = node.text else { return nil }
    // As written: engines don't take white space off it.
    if let date = CalendarDate(written) { return date }
    report(.ruleDate, at: node, "'\(shortened(written))' under '\(key)' isn't a day of the calendar; write YYYY-MM-DD")
    return nil
  }

  /// Splits at commas, but not at those in parentheses.
}
