import Diagnostics
import Documents
import RuleModel

/// Reads search identifiers into predicates (Sigma Specification 2.1.0, “Search-Identifier”).
struct DetectionReader {
  /// No rule that is worth a page has more.
  static let maximalTests = 10_000

  let path: String
  private(set) var findings: [Diagnostic] = []
  private(set) var testCount = 0

  init(path: String) { self.path = path }

  mutating func report(
    _ id: DiagnosticID, at position: SourcePosition, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    findings.append(Diagnostic(id, at: SourceLocation(path: path, position: position), severity: severity, message))
  }

  /// A map means all of its fields, a list any of its items.
  mutating func predicate(of node: Node) -> Predicate {
    switch node.kind {
    case .mapping: combined(node.entries.map { field(key: $0.key, value: $0.value) }, all: true)
    case .sequence:
      combined(
        node.items.map { item in
          if item.kind == .sequence {
            report(.sigmaDetection, at: item.position, "a list in a list means nothing here; write maps or keywords")
          }
          return predicate(of: item)
        }, all: false)
    case .scalar: value(node, of: DetectionReader.keywordKey)
    }
  }

  private static let keywordKey = FieldKey(
    field: nil, comparison: .text(leadingStar: false, trailingStar: false), modifiers: [], requiresAll: false,
    isNegated: false)

  private mutating func field(key: Node, value node: Node) -> Predicate {
    let written = key.text ?? ""
    let fieldKey: FieldKey
    do throws(FieldKeyError) {
      fieldKey = try FieldKey(parsing: written)
    } catch {
      report(.sigmaModifier, at: key.position(ofByte: error.offset), error.message)
      return .opaque("\(written): \(summary(of: node))")
    }
    let values: [Node]
    switch node.kind {
    case .scalar: values = [node]
    case .sequence: values = node.items
    case .mapping:
      report(
        .sigmaDetection, at: node.position, "the value of '\(written)' is a map; write a value or a list of values")
      return .opaque("\(written): \(summary(of: node))")
    }
    if fieldKey.requiresAll, values.count == 1 {
      report(.sigmaModifier, at: key.position, severity: .warning, "'all' needs more than one value; remove it")
    }
    let predicate =
      values.isEmpty
      ? counted(Test(field: fieldKey.field, kind: .isNull, value: "", position: node.position))
      : combined(values.map { value($0, of: fieldKey) }, all: fieldKey.requiresAll)
    return fieldKey.isNegated ? .not(predicate) : predicate
  }

  private mutating func value(_ node: Node, of key: FieldKey) -> Predicate {
    guard node.kind == .scalar else {
      report(
        .sigmaDetection, at: node.position,
        "a \(node.kind == .mapping ? "map" : "list") among the values of '\(key.field ?? "keywords")'; write values only"
      )
      return .opaque(summary(of: node))
    }
    var test = Test(field: key.field, kind: .eq, value: "", modifiers: key.modifiers, position: node.position)
    if node.isNull, key.comparison != .exists {
      (test.kind, test.modifiers) = (.isNull, [])
      return counted(test)
    }
    switch key.comparison {
    case .text(let leading, let trailing): compare(&test, with: node, leadingStar: leading, trailingStar: trailing)
    case .regex: (test.kind, test.value) = (.regex, node.text ?? "")
    case .cidr:
      (test.kind, test.value) = (.cidr, node.text ?? "")
      if !isNetwork(test.value) {
        report(
          .sigmaValue, at: node.position,
          "'\(shortened(test.value))' is no network; write an address, '/' and a prefix length")
      }
    case .number(let kind):
      (test.kind, test.value) = (kind, node.text ?? "")
      if Double(test.value) == nil {
        report(
          .sigmaValue, at: node.position, "'\(shortened(test.value))' is no number; '\(kind.rawValue)' compares numbers"
        )
      }
    case .exists:
      test.kind = .exists
      test.modifiers = []
      switch (node.text ?? "").lowercased() {
      case "true", "yes", "on", "1": test.value = "true"
      case "false", "no", "off", "0": test.value = "false"
      default:
        test.value = "true"
        report(.sigmaValue, at: node.position, "'exists' takes true or false; it is read as true")
      }
    case .fieldReference: (test.kind, test.value) = (.fieldRef, node.text ?? "")
    }
    return counted(test)
  }

  private mutating func compare(_ test: inout Test, with node: Node, leadingStar: Bool, trailingStar: Bool) {
    let bytes = node.bytes
    // Most values have neither wildcards nor escapes.
    if !bytes.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "\\") }) {
      test.value = String(decoding: bytes, as: UTF8.self)
      test.kind = plainKind(
        isEmpty: bytes.isEmpty, hasField: test.field != nil, leadingStar: leadingStar, trailingStar: trailingStar)
    } else {
      var value = SigmaString(bytes)
      if value.hasWildcard, !test.modifiers.isDisjoint(with: [.base64, .base64offset]) {
        report(.sigmaValue, at: node.position, "a wildcard can't be encoded; escape it with a backslash")
      }
      if test.field == nil {
        let keyword = value.keyword
        (test.kind, test.value) = (.keyword, keyword.value)
        test.modifiers.formUnion(keyword.modifiers)
      } else {
        value.surround(leading: leadingStar, trailing: trailingStar)
        (test.kind, test.value) = value.comparison
      }
    }
    if test.kind == .exists { (test.value, test.modifiers) = ("true", []) }
  }

  private func plainKind(isEmpty: Bool, hasField: Bool, leadingStar: Bool, trailingStar: Bool) -> TestKind {
    guard hasField else { return .keyword }
    switch (leadingStar, trailingStar) {
    case (false, false): return .eq
    case _ where isEmpty: return .exists
    case (true, true): return .contains
    case (true, false): return .endsWith
    case (false, true): return .startsWith
    }
  }

  private mutating func counted(_ test: Test) -> Predicate {
    testCount += 1
    return .test(test)
  }

  private func combined(_ parts: [Predicate], all: Bool) -> Predicate {
    if parts.count == 1 { return parts[0] }
    return all ? .all(parts) : .any(parts)
  }

  /// What can be said in a line of a node that is no value.
  private func summary(of node: Node) -> String {
    switch node.kind {
    case .scalar: shortened(node.text ?? "")
    case .sequence: node.items.map { $0.text.map(shortened) ?? "…" }.prefix(8).joined(separator: ", ")
    case .mapping: node.entries.map { shortened($0.key.text ?? "…") }.prefix(8).joined(separator: ", ")
    }
  }
}

/// A text cut to what fits in a message.
func shortened(_ text: String) -> String {
  text.unicodeScalars.count <= 60 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(59))) + "…"
}
