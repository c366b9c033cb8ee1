package import Diagnostics
package import Documents
import Markdown
package import RuleModel
import Text

/// Reads a rule from the keys of a document. Each value whose form its key doesn't allow is reported as a finding.
package protocol MetadataReader: DraftReader {
  /// The values by key.
  var values: [String: Node] { get }
}

extension MetadataReader {
  package mutating func report(
    _ id: CheckID, at node: Node, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    report(id, at: node.span, severity: severity, message)
  }

  /// The text of a key, without a block's trailing line end; nil if it is absent or null.
  package mutating func text(_ key: String) -> String? {
    guard let node = values[key], !node.isNull else { return nil }
    guard let text = node.text else {
      report(.ruleField, at: node, "'\(key)' must be a text; it is left out")
      return nil
    }
    let trimmed = text[...].trimmed()
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The nodes of a list; a single value counts as a list of one.
  package mutating func list(_ key: String) -> [Node] {
    guard let node = values[key], !node.isNull else { return [] }
    switch node.kind {
    case .sequence: return node.items
    case .scalar: return [node]
    case .mapping:
      report(.ruleField, at: node, "'\(key)' must be a list; it is left out")
      return []
    }
  }

  /// The texts of a list, or a single text in its place.
  package mutating func texts(_ key: String) -> [String] {
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

  /// One of an enumeration's names, in any case; nil, with a finding, for anything else.
  package mutating func named<Name: RawRepresentable<String>>(
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

  /// A calendar day; nil, with a finding, for anything else.
  package mutating func date(_ key: String) -> CalendarDate? {
    guard let node = values[key], text(key) != nil, let written = node.text else { return nil }
    // Exactly as written: engines don't trim white space.
    if let date = CalendarDate(written) { return date }
    report(.ruleDate, at: node, "'\(shortened(written))' under '\(key)' isn't a day of the calendar; write YYYY-MM-DD")
    return nil
  }

  /// Reads the fields that hold notes, each once.
  ///
  /// - Parameter limit: the maximum length of a text, in bytes.
  package mutating func readNotes(in fields: [String], limit: Int) {
    for field in fields.distinct() { readNote(in: field, limit: limit) }
  }

  /// Reads a field of Markdown, or a list of such texts, which is shown as one, into a note.
  ///
  /// - Parameter limit: the maximum length of a text, in bytes.
  package mutating func readNote(in field: String, limit: Int) {
    guard let node = values[field], !node.isNull else { return }
    let texts = texts(field)
    guard !texts.isEmpty else { return }
    var blocks: [[NoteBlock]] = []
    for text in texts {
      let (note, findings) = Markdown.readNote(
        Array(text.utf8), origin: .field(field), in: rule.source.file,
        position: node.position, limit: limit)
      blocks.append(note.blocks)
      rule.findings += findings
    }
    rule.notes.append(
      Note(
        origin: .field(field), in: rule.source.file,
        blocks: node.kind == .sequence
          ? [.list(start: nil, isTight: true, items: blocks.map { NoteListItem($0) })] : blocks.flatMap(\.self)))
  }

  /// Addresses and texts; an address whose scheme pages may not link to is reported.
  package mutating func references(_ key: String) -> [String] {
    for node in list(key) { if let text = node.text { check(reference: text, at: node.span) } }
    return texts(key)
  }
}

/// Whether a text is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 (RFC 9562, section 4), in either case.
package func isUUID(_ text: String) -> Bool {
  let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  return groups.map(\.count) == [8, 4, 4, 4, 12]
    && groups.joined().allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
