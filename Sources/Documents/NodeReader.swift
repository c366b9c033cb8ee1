package import Diagnostics

/// Reads the nodes of a file, whether written by a user or by us, and collects errors.
///
/// A node that can't be read is skipped, so that one run reports all errors.
package struct NodeReader {
  package let source: SourceFile
  /// The check that its findings belong to.
  private let id: CheckID
  package private(set) var diagnostics: [Diagnostic] = []

  package init(_ source: SourceFile, id: CheckID) {
    self.source = source
    self.id = id
  }

  package init(path: String, id: CheckID) { self.init(SourceFile(path: path), id: id) }

  /// The file's only mapping; nil for an empty file, or one that can't be parsed.
  package mutating func root(_ bytes: [UInt8]) -> Node? {
    do throws(DocumentError) {
      let documents = try parseYAML(bytes)
      diagnostics += parsingFaults(of: documents).map { $0.diagnostic(in: source) }
      if documents.count > 1 { error(at: documents[1], "the file holds several documents; write one") }
      return documents.first
    } catch {
      diagnostics.append(error.diagnostic(in: source))
      return nil
    }
  }

  package mutating func error(at node: Node, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(source, at: node.span), message))
  }

  /// The values of a mapping by key; any key other than these is reported.
  package mutating func values(of node: Node, in what: String, keys: [String]) -> [String: Node] {
    var result: [String: Node] = [:]
    for (key, value) in pairs(of: node, in: what) {
      if keys.contains(key.text) {
        result[key.text] = value
      } else if let nearest = nearestName(to: key.text, in: keys) {
        error(at: key.node, "\(what) has no key '\(shortened(key.text))'; did you mean '\(nearest)'?")
      } else {
        error(at: key.node, "\(what) has no key '\(shortened(key.text))'; its keys are \(keys.joined(separator: ", "))")
      }
    }
    return result
  }

  /// The keys and values of a mapping in file order.
  package mutating func pairs(of node: Node, in what: String) -> [(key: (text: String, node: Node), value: Node)] {
    guard node.kind == .mapping else {
      if !node.isNull { error(at: node, "\(what) must be a mapping; write 'key: value' lines") }
      return []
    }
    let entries = node.entries
    var result: [(key: (text: String, node: Node), value: Node)] = []
    result.reserveCapacity(entries.count)
    for (key, value) in entries {
      guard let text = key.text, !text.isEmpty else {
        error(at: key, "a key of \(what) must be text; write it in quotes")
        continue
      }
      result.append(((text, key), value))
    }
    return result
  }

  /// The items of a list.
  package mutating func items(of node: Node, in what: String) -> [Node] {
    guard node.kind == .sequence else {
      if !node.isNull { error(at: node, "\(what) must be a list; write [a, b] or '- a' lines") }
      return []
    }
    return node.items
  }

  /// A scalar's text; anything else, or an empty text, is reported and gives nil.
  package mutating func text(_ node: Node, in what: String) -> String? {
    // The longest null is `null`, so longer texts skip the expensive check.
    guard let text = node.text, !text.isEmpty, text.utf8.count > 4 || !node.isNull else {
      error(at: node, "\(what) must be text")
      return nil
    }
    return text
  }

  /// A single text, or a list of texts.
  package mutating func texts(_ node: Node, in what: String) -> [String] {
    guard node.kind == .sequence else { return text(node, in: what).map { [$0] } ?? [] }
    return node.items.compactMap { text($0, in: what) }
  }

  package mutating func flag(_ node: Node, in what: String) -> Bool {
    if let flag = node.boolean { return flag }
    error(at: node, "\(what) must be true or false")
    return false
  }

  /// One of an enumeration's names.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, in what: String
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(node, in: what) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    error(
      at: node,
      "\(what) can't be '\(shortened(text))'; it is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }
}
