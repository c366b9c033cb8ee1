import Diagnostics
import Documents
import RuleModel

/// Reads search identifiers into predicates (Sigma Specification 2.1.0, “Search-Identifier”).
struct DetectionReader {
  let file: SourceFile
  let work: WorkBudget
  private(set) var findings: [Diagnostic] = []
  private(set) var testCount = 0

  init(file: SourceFile, work: WorkBudget) {
    self.file = file
    self.work = work
  }

  mutating func report(
    _ id: CheckID, at span: SourceSpan, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    findings.append(Diagnostic(id, at: SourceLocation(file, at: span), severity: severity, message))
  }

  /// Reads a search identifier. An empty one is kept as written: "all of" nothing would match everything.
  ///
  /// - Parameter key: its name, where findings on the whole identifier are placed.
  mutating func selection(of node: Node, key: Node) -> Predicate {
    guard isEmpty(node) else { return predicate(of: node) }
    report(
      .sigmaDetection, at: key.span,
      "'\(shortened(key.text ?? ""))' is empty and looks for nothing; write fields with their values or keywords, or remove it"
    )
    return .opaque(summary(of: node))
  }

  /// A map requires all of its fields, a list any of its items.
  private mutating func predicate(of node: Node) -> Predicate {
    switch node.kind {
    case .mapping: .group(node.entries.map { field(key: $0.key, value: $0.value) }, byAnd: true)
    case .sequence: .group(node.items.map { item($0) }, byAnd: false)
    case .scalar: value(node, of: DetectionReader.keywordKey)
    }
  }

  private mutating func item(_ node: Node) -> Predicate {
    if isEmpty(node) {
      report(.sigmaDetection, at: node.span, "this item is empty and looks for nothing; write a map or a keyword")
      return .opaque(summary(of: node))
    }
    if node.kind == .sequence {
      report(.sigmaDetection, at: node.span, "a list in a list means nothing here; write maps or keywords")
    }
    return predicate(of: node)
  }

  /// Whether a search identifier or an item of one is empty: `{}`, `[]`, null, `''`, or a list of only these.
  private func isEmpty(_ node: Node) -> Bool {
    switch node.kind {
    case .scalar: node.isNull || node.bytes.isEmpty
    case .sequence: node.items.allSatisfy(isEmpty)
    case .mapping: node.entries.isEmpty
    }
  }

  /// The part between pipes that starts at a given byte of a key.
  private func modifier(of key: Node, at offset: Int) -> SourceSpan {
    let length = key.bytes.dropFirst(offset).prefix { $0 != UInt8(ascii: "|") }.count
    return key.span(ofBytes: offset..<offset + length)
  }

  private static let keywordKey = FieldKey(
    field: nil, comparison: .text(leadingStar: false, trailingStar: false), modifiers: [], requiresAll: false,
    isNegated: false)

  private mutating func field(key: Node, value node: Node) -> Predicate {
    var written: String { shortened(key.text ?? "") }
    let fieldKey: FieldKey
    do throws(FieldKeyError) {
      fieldKey = try FieldKey(parsing: key.text ?? "")
    } catch {
      report(.sigmaModifier, at: modifier(of: key, at: error.offset), error.message)
      return .opaque("\(written): \(summary(of: node))")
    }
    if let fault = fieldKey.fault {
      report(.sigmaModifier, at: modifier(of: key, at: fault.offset), severity: fault.severity, fault.message)
    }
    if key.kind != .scalar || key.isNull {
      report(
        .sigmaDetection, at: key.span,
        "a field's name must be a text; write one before the colon, in single quotes if the field is called '\(written)'"
      )
    }
    if fieldKey.field == nil {
      // Without a field they are keywords, to which the same applies as in a list of keywords.
      if isEmpty(node) {
        report(
          .sigmaDetection, at: key.span, "'\(written)' is empty and looks for nothing; write keywords, or remove it"
        )
        return .opaque("\(written): \(summary(of: node))")
      }
      checkFieldless(fieldKey, at: key)
    }
    if let field = fieldKey.field, field.first?.isWhitespace == true || field.last?.isWhitespace == true {
      report(
        .sigmaDetection, at: key.span, severity: .warning,
        "the name of the field '\(shortened(field))' starts or ends with white space; remove it")
    }
    let values: [Node]
    switch node.kind {
    case .scalar: values = [node]
    case .sequence: values = node.items
    case .mapping:
      report(
        .sigmaDetection, at: node.span, "the value of '\(written)' is a map; write a value or a list of values")
      return .opaque("\(written): \(summary(of: node))")
    }
    if fieldKey.requiresAll, values.count == 1 {
      report(.sigmaModifier, at: key.span, severity: .warning, "'all' needs more than one value; remove it")
    }
    if fieldKey.comparison == .exists, values.count > 1 {
      report(.sigmaValue, at: node.span, "'exists' takes one value; write true or false instead of a list")
    }
    if values.isEmpty {
      report(
        .sigmaValue, at: node.span,
        "the list of values of '\(written)' is empty, which means null; write its values, or null")
    }
    let predicate =
      values.isEmpty
      ? counted(Test(field: fieldKey.field, kind: .isNull, value: "", position: node.position))
      : .group(
        values.map { value($0, of: fieldKey, listCount: node.kind == .sequence ? values.count : nil) },
        byAnd: fieldKey.requiresAll)
    return fieldKey.isNegated ? .not(predicate) : predicate
  }

  /// - Parameter listCount: the number of values in its list; nil if it isn't in a list.
  private mutating func value(_ node: Node, of key: FieldKey, listCount: Int? = nil) -> Predicate {
    guard node.kind == .scalar else {
      report(
        .sigmaDetection, at: node.span,
        "a \(node.kind == .mapping ? "map" : "list") among the values of '\(shortened(key.field ?? "keywords"))'; write values only"
      )
      return .opaque(summary(of: node))
    }
    if key.field == nil, let fault = faultOfKeyword(node, of: key) {
      report(.sigmaDetection, at: node.span, fault)
      return .opaque(summary(of: node))
    }
    var test = Test(field: key.field, kind: .eq, value: "", modifiers: key.modifiers, position: node.position)
    if node.isNull, key.comparison != .exists {
      checkNull(node, of: key, listCount: listCount)
      (test.kind, test.modifiers) = (.isNull, [])
      return counted(test)
    }
    checkEscapes(node)
    let isExpanded = checkPlaceholder(node, of: key)
    switch key.comparison {
    case .text(let leading, let trailing):
      if let part = key.timePart {
        if !isExpanded { checkNumber(node, modifier: part.name, range: part.range) }
      } else {
        checkText(node, modifier: key.textModifier)
      }
      if node.bytes.isEmpty, leading || trailing {
        report(
          .sigmaValue, at: node.span,
          "an empty value matches whatever the field holds; write the value, or 'exists: true' if any value will do")
      }
      if node.bytes.isEmpty,
        !key.modifiers.isDisjoint(with: [.base64, .base64offset, .wide, .utf16, .utf16le, .utf16be])
      {
        report(.sigmaValue, at: node.span, "an empty value has nothing to encode; write the value")
      }
      compare(&test, with: node, leadingStar: leading, trailingStar: trailing)
    case .regex:
      (test.kind, test.value) = (.regex, node.text ?? "")
      if test.value.isEmpty {
        report(
          .sigmaValue, at: node.span,
          "an empty regular expression matches whatever the field holds; write the pattern, or 'exists: true' if any value will do"
        )
      } else if !isExpanded {
        checkRegex(test.value, at: node)
      }
    case .cidr:
      (test.kind, test.value) = (.cidr, node.text ?? "")
      if !isExpanded { checkNetwork(test.value, at: node) }
    case .number(let kind):
      (test.kind, test.value) = (kind, node.text ?? "")
      if !isExpanded {
        checkNumber(node, modifier: key.timePart?.name ?? kind.rawValue, range: key.timePart?.range)
      }
    case .exists:
      (test.kind, test.modifiers) = (.exists, [])
      test.value = presence(in: node) ? "true" : "false"
    case .fieldReference:
      (test.kind, test.value) = (.fieldRef, node.text ?? "")
      if !isExpanded { checkReference(node) }
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
        report(.sigmaValue, at: node.span, "a wildcard can't be encoded; escape it with a backslash")
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

  /// Describes a nested node that isn't a value.
  private func part(of node: Node) -> String { node.kind == .scalar || isEmpty(node) ? summary(of: node) : "…" }

  /// Describes a node that isn't a value, on one line.
  private func summary(of node: Node) -> String {
    switch node.kind {
    case .scalar where node.isNull: "null"
    // White space would be invisible.
    case .scalar where node.bytes.allSatisfy { $0 <= UInt8(ascii: " ") }: "'\(shortened(node.text ?? ""))'"
    case .scalar: shortened(node.text ?? "")
    case .sequence:
      node.items.isEmpty
        ? "[]"
        : node.items.prefix(8).map { part(of: $0) }.joined(separator: ", ")
    case .mapping:
      node.entries.isEmpty
        ? "{}"
        : node.entries.prefix(8).map { "\(shortened($0.key.text ?? "…")): \(part(of: $0.value))" }.joined(
          separator: ", ")
    }
  }
}
