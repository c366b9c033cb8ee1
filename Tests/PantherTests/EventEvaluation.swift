import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Says whether an event meets a rule's logic, as Python would; nil where what isn't a test decides.
///
/// Fields are found in any case, as in Panther's events; a value counts as there if Python takes it for true.
struct EventEvaluation {
  let stages: [Stage]
  let event: Node

  var matches: Bool? { stages.isEmpty ? nil : holds(stages[0].predicate) }

  private func holds(_ predicate: Predicate) -> Bool? {
    switch predicate {
    case .all(let parts):
      let results = parts.map(holds)
      return results.contains(false) ? false : results.contains(nil) ? nil : true
    case .any(let parts):
      let results = parts.map(holds)
      return results.contains(true) ? true : results.contains(nil) ? nil : false
    case .not(let part): return holds(part).map { !$0 }
    case .stage(let index): return holds(stages[index].predicate)
    case .text: return nil
    case .test(let test): return holds(test)
    }
  }

  private func holds(_ test: Test) -> Bool? {
    let values = values(at: (test.field ?? "").lowercased()[...], in: event)
    let present = values.filter { !$0.isNull }
    // As Python sees it, what is in a dictionary are its keys.
    let texts = present.flatMap { node in
      node.kind == .mapping ? node.entries.map { ($0.key.text ?? "").lowercased() } : [(node.text ?? "").lowercased()]
    }
    let wanted = test.value.lowercased()
    switch test.kind {
    case .eq: return wanted.isEmpty && texts.isEmpty || texts.contains(wanted)
    case .contains: return texts.contains { $0.contains(wanted) }
    case .startsWith: return texts.contains { $0.hasPrefix(wanted) }
    case .endsWith: return texts.contains { $0.hasSuffix(wanted) }
    case .exists: return values.contains(where: isTrue)
    case .isNull: return present.isEmpty
    case .gt: return compares(texts, wanted) { $0 > $1 }
    case .gte: return compares(texts, wanted) { $0 >= $1 }
    case .lt: return compares(texts, wanted) { $0 < $1 }
    case .lte: return compares(texts, wanted) { $0 <= $1 }
    case .regex:
      guard let regex = try? Regex(test.value).ignoresCase(test.modifiers.contains(.ignoreCase)) else { return nil }
      return values.contains { $0.text?.contains(regex) ?? false }
    case .fieldRef, .cidr, .wildcard, .keyword: return nil
    }
  }

  private func compares(_ texts: [String], _ wanted: String, _ relation: (Double, Double) -> Bool) -> Bool {
    texts.contains { text in
      guard let left = Double(text), let right = Double(wanted) else { return false }
      return relation(left, right)
    }
  }

  private func isTrue(_ node: Node) -> Bool {
    switch node.kind {
    case .mapping: !node.entries.isEmpty
    case .sequence: !node.items.isEmpty
    case .scalar: !node.isNull && !["", "false", "0"].contains((node.text ?? "").lowercased())
    }
  }

  /// The values at a path through lists and through texts that are JSON; elements of a list count one by one.
  private func values(at path: Substring, in node: Node) -> [Node] {
    switch node.kind {
    case .sequence:
      if path.hasPrefix("["), let end = path.firstIndex(of: "]"),
        let place = Int(path[path.index(after: path.startIndex)..<end]),
        node.items.indices.contains(place)
      {
        return values(at: path[path.index(after: end)...].drop { $0 == "." }, in: node.items[place])
      }
      return node.items.flatMap { values(at: path, in: $0) }
    case .scalar where path.isEmpty: return [node]
    case .scalar:
      guard node.bytes.first == UInt8(ascii: "{") || node.bytes.first == UInt8(ascii: "[") else { return [] }
      let inner = try? SourceDocument(SourceFile(path: "value.json", bytes: Array(node.bytes)))
      return (inner?.nodes(as: .json) ?? []).flatMap { values(at: path, in: $0) }
    case .mapping:
      if path.isEmpty { return [node] }
      return node.entries.flatMap { key, value -> [Node] in
        let name = (key.text ?? "").lowercased()
        guard path.hasPrefix(name) else { return [] }
        let rest = path.dropFirst(name.count)
        if rest.isEmpty || rest.hasPrefix("[") { return values(at: rest, in: value) }
        return rest.hasPrefix(".") ? values(at: rest.dropFirst(), in: value) : []
      }
    }
  }
}
