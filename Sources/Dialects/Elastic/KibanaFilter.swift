import Diagnostics
import Documents
import QueryLanguages
import RuleModel

/// A filter beside a query, as Kibana writes it: a clause of Elasticsearch's Query DSL, and whether it is negated.
struct KibanaFilter {
  /// The meaning of the clause.
  var predicate: Predicate
  var isNegated: Bool

  init(_ node: Node) {
    isNegated = node["meta"]?["negate"]?.boolean ?? false
    if let meta = node["meta"], meta["type"]?.text == "combined", let params = meta["params"], params.kind == .sequence
    {
      let parts = params.items.map { part in
        let filter = KibanaFilter(part)
        return filter.isNegated ? Predicate.not(filter.predicate) : filter.predicate
      }
      predicate = .group(parts, byAnd: meta["relation"]?.text?.uppercased() != "OR")
    } else if let query = node["query"], query.kind == .mapping {
      predicate = KibanaFilter.clause(query)
    } else {
      // Before Kibana 8, the clause was a sibling of its metadata.
      let own = node.entries.first { key, _ in key.text != "meta" && key.text != "$state" }
      predicate = own.map { KibanaFilter.clause(named: $0.key.text ?? "", $0.value) } ?? KibanaFilter.opaque(node)
    }
  }

  var isUnread: Bool {
    var isUnread = false
    predicate.forEachLeaf { leaf, _ in
      if case .text(let text) = leaf, text.meaning == .opaque { isUnread = true }
    }
    return isUnread
  }

  // MARK: Query DSL

  private static func clause(_ node: Node) -> Predicate {
    let parts = node.entries.map { clause(named: $0.key.text ?? "", $0.value) }
    return parts.isEmpty ? opaque(node) : .group(parts, byAnd: true)
  }

  private static func clause(named name: String, _ body: Node) -> Predicate {
    switch name {
    case "bool": logic(body)
    case "exists":
      body["field"].flatMap { field in field.text.map { test($0, .exists, "true", at: field) } } ?? opaque(body)
    case "match_all": .always
    case "match_none": .never
    case "match_phrase", "match", "term": fields(body) { test($0, .eq, $1.text ?? "", at: $1) }
    case "match_phrase_prefix", "prefix": fields(body) { test($0, .startsWith, $1.text ?? "", at: $1) }
    case "terms":
      fields(body) { field, values in
        .group(values.items.map { test(field, .eq, $0.text ?? "", at: $0) }, byAnd: false)
      }
    case "wildcard": fields(body) { pattern($0, $1) }
    case "regexp": fields(body) { test($0, .regex, $1.text ?? "", at: $1) }
    case "range": fields(body, range)
    default: opaque(body)
    }
  }

  /// Reads each field of a clause with its value, which may be among options.
  private static func fields(_ body: Node, _ read: (String, Node) -> Predicate) -> Predicate {
    let options: Set = ["boost", "_name", "minimum_should_match"]
    let parts = body.entries.compactMap { key, value -> Predicate? in
      guard let field = key.text, !options.contains(field) else { return nil }
      let named = ["query", "value", "wildcard"].lazy.compactMap { value[$0] }.first
      return read(field, named ?? value)
    }
    return parts.isEmpty ? opaque(body) : .group(parts, byAnd: true)
  }

  private static func logic(_ body: Node) -> Predicate {
    var parts: [Predicate] = []
    for (key, value) in body.entries {
      let clauses = (value.kind == .sequence ? value.items : [value]).map(clause)
      switch key.text {
      case "must", "filter": parts += clauses
      case "should": if !clauses.isEmpty { parts.append(.group(clauses, byAnd: false)) }
      case "must_not": parts += clauses.map { .not($0) }
      default: continue
      }
    }
    return .group(parts, byAnd: true)
  }

  private static func range(_ field: String, _ bounds: Node) -> Predicate {
    let kinds: [String: TestKind] = ["gt": .gt, "gte": .gte, "lt": .lt, "lte": .lte, "from": .gte, "to": .lte]
    let parts = bounds.entries.compactMap { key, value -> Predicate? in
      guard let name = key.text, let kind = kinds[name], !value.isNull, let text = value.text else { return nil }
      // The time of an event isn't a test.
      return field == "@timestamp"
        ? .noTest("\(field) \(name) \(text)", at: value.position) : test(field, kind, text, at: value)
    }
    return parts.isEmpty ? opaque(bounds) : .group(parts, byAnd: true)
  }

  /// In a wildcard pattern, a backslash escapes whatever character follows it.
  private static func pattern(_ field: String, _ value: Node) -> Predicate {
    var parts: [TextPattern.Part] = []
    var isEscaped = false
    for byte in value.bytes {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      }
      parts.append(
        isEscaped
          ? .literal(byte) : byte == UInt8(ascii: "*") ? .many : byte == UInt8(ascii: "?") ? .one : .literal(byte))
      isEscaped = false
    }
    let (kind, text) = TextPattern(parts).comparison
    return test(field, kind, text, at: value)
  }

  private static func test(_ field: String, _ kind: TestKind, _ value: String, at node: Node) -> Predicate {
    .test(Test(field: field, kind: kind, value: value, position: node.position))
  }

  private static func opaque(_ node: Node) -> Predicate {
    let words = node.entries.map { "\($0.key.text ?? ""): \($0.value.text ?? "…")" }.joined(separator: ", ")
    return .opaque(shortened(words.isEmpty ? node.text ?? "" : words), at: node.position)
  }
}
