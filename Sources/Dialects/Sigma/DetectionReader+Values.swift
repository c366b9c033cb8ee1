import Diagnostics
import Documents
import RegularExpressions

/// How engines treat values: those that no engine can load are errors, those that only violate the specification are
/// warnings.
extension DetectionReader {
  mutating func checkNull(_ node: Node, of key: FieldKey, listCount: Int?) {
    if let modifier = key.valueModifier {
      report(
        .sigmaValue, at: node.span, severity: .error,
        "'\(modifier)' needs a value, and null isn't one; write one, or remove the modifier")
    } else if let listCount {
      report(
        .sigmaValue, at: node.span, severity: .warning,
        listCount > 1
          ? "null isn't allowed among other values; write a search identifier of its own with null, and 'or' between them"
          : "null isn't allowed in a list of values; write it without the list")
    }
  }

  /// - Returns: whether the value isn't known until its placeholders are replaced.
  mutating func checkPlaceholder(_ node: Node, of key: FieldKey) -> Bool {
    guard key.modifiers.contains(.expand) else { return false }
    if hasPlaceholder(node.bytes) { return true }
    report(
      .sigmaValue, at: node.span,
      "'expand' replaces placeholders such as %name%, and the value has none; add one or remove 'expand'")
    return false
  }

  mutating func checkRegex(_ pattern: String, at node: Node) {
    // Compiling takes several steps for each byte; a pattern that is too long isn't compiled.
    guard work.spend(64 * min(pattern.utf8.count, 8 << 10)), let fault = fault(inRegex: pattern) else { return }
    let rest = node.span(ofBytes: fault.offset..<max(fault.offset, node.bytes.count))
    switch fault.kind {
    case .malformed:
      report(
        .sigmaValue, at: rest, severity: .error,
        "the regular expression '\(shortened(pattern))' doesn't compile: \(fault.reason); correct it")
    case .unjudged:
      report(
        .sigmaValue, at: rest, severity: .note,
        "PCRE2 doesn't take the regular expression '\(shortened(pattern))': \(fault.reason); try it in the engine that runs the rule"
      )
    }
  }

  mutating func checkNetwork(_ text: String, at node: Node) {
    guard let fault = networkFault(text) else { return }
    report(.sigmaValue, at: node.span, severity: .error, "'\(shortened(text))' \(fault.message)")
  }

  /// - Parameter range: the range of a part of a time, which is a whole number.
  mutating func checkNumber(_ node: Node, modifier: String, range: ClosedRange<Int>? = nil) {
    let text = shortened(node.text ?? "")
    if !isNumber(node.bytes) {
      report(
        .sigmaValue, at: node.span, severity: .error, "'\(text)' isn't a number; '\(modifier)' compares numbers")
    } else if !node.isPlain {
      report(
        .sigmaValue, at: node.span, severity: .warning,
        "'\(text)' in quotes is a text; remove the quotes, as '\(modifier)' compares numbers")
    } else if let range, Int(text).map(range.contains) != true {
      report(
        .sigmaValue, at: node.span, severity: .warning,
        "'\(modifier)' is a whole number from \(range.lowerBound) to \(range.upperBound), and can't be \(text); correct it"
      )
    }
  }

  /// Checks for values that YAML, and so engines, don't read as text: engines refuse dates and, if a modifier needs
  /// text, numbers and Booleans.
  mutating func checkText(_ node: Node, modifier: String?) {
    guard node.isPlain else { return }
    var text: String { shortened(node.text ?? "") }
    if isDate(node.bytes) {
      report(
        .sigmaValue, at: node.span, severity: .warning,
        "\(text) is a date in YAML, which engines refuse as a value; put it in single quotes")
    } else if let modifier, isEngineNumber(node.bytes) || node.boolean != nil {
      report(
        .sigmaValue, at: node.span, severity: .warning,
        "'\(modifier)' compares texts, and \(text) is a \(node.boolean == nil ? "number" : "boolean"); put it in single quotes"
      )
    }
  }

  /// What `exists` asks for; true if the value is neither true nor false.
  mutating func presence(in node: Node) -> Bool {
    let text = (node.text ?? "").lowercased()
    let (isTrue, isFalse) = (["true", "yes", "on", "1"].contains(text), ["false", "no", "off", "0"].contains(text))
    guard isTrue || isFalse else {
      report(.sigmaValue, at: node.span, "'exists' takes true or false; it is read as true")
      return true
    }
    if node.boolean == nil {
      report(
        .sigmaValue, at: node.span,
        "'exists' takes true or false, and '\(shortened(node.text ?? ""))' is a \(node.scalarKind == .number ? "number" : "text"); write \(isTrue), without quotes"
      )
    }
    return isTrue
  }

  /// Reports a modifier that compares a field if there is none.
  mutating func checkFieldless(_ key: FieldKey, at node: Node) {
    let modifier: String
    switch key.comparison {
    case .text:
      guard let part = key.timePart else {
        if node.bytes.isEmpty, !node.isNull {
          report(
            .sigmaDetection, at: node.span, severity: .warning,
            "the key is empty, and what is under it is read as keywords; write a field, or the keywords as a list")
        }
        return
      }
      modifier = part.name
    case .regex: return
    case .cidr: modifier = "cidr"
    case .number(let kind): modifier = kind.rawValue
    case .exists: modifier = "exists"
    case .fieldReference: modifier = "fieldref"
    }
    report(.sigmaModifier, at: node.span, "'\(modifier)' needs a field; write one before the '|'")
  }

  /// Why a keyword matches nothing, or everything; nil if it is fine.
  func faultOfKeyword(_ node: Node, of key: FieldKey) -> String? {
    if node.isNull || node.bytes.isEmpty { return "this item is empty and looks for nothing; write a keyword" }
    let isWildcard: (UInt8) -> Bool = { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    if case .text = key.comparison, node.bytes.allSatisfy(isWildcard) {
      return "the keyword '\(shortened(node.text ?? ""))' matches every event; write what to look for"
    }
    let isWhite = node.bytes.allSatisfy { $0 <= UInt8(ascii: " ") || isWildcard($0) }
    return isWhite ? "the keyword is white space alone, which nearly every event has; write what to look for" : nil
  }

  /// A path in double quotes in which YAML reads backslashes as escapes for tabs and line ends: `"\temp\new.exe"`.
  mutating func checkEscapes(_ node: Node) {
    // An unprintable character has already been reported.
    guard let escape = node.escapeLikeAPath, !escape.isUnshowable else { return }
    report(
      .sigmaValue, at: node.span,
      "'\(escape)' in double quotes is \(escape.meaning), not a backslash and a letter; put the value in single quotes")
  }

  mutating func checkReference(_ node: Node) {
    let text = shortened(node.text ?? "")
    let message: String? =
      if node.bytes.isEmpty {
        "'fieldref' needs the name of a field; write one"
      } else if node.isPlain, isNumber(node.bytes) {
        "'fieldref' takes the name of a field, and \(text) is a number; write a name, in single quotes if the field is called so"
      } else if node.boolean != nil {
        "'fieldref' takes the name of a field, and \(text) is a boolean; write a name, in single quotes if the field is called so"
      } else if SigmaString(node.bytes).hasWildcard {
        "'fieldref' takes the name of a field, and a name has no wildcards; write the whole name instead of '\(text)'"
      } else {
        nil
      }
    if let message { report(.sigmaValue, at: node.span, severity: .error, message) }
  }
}

/// Whether a plain value is a date, or a date followed by a time (YAML 1.1, “Timestamp”).
private func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
  let date = bytes.prefix(10)
  guard date.count == 10 else { return false }
  let isForm = zip(date, "0000-00-00".utf8).allSatisfy { $1 == UInt8(ascii: "0") ? isDigit($0) : $0 == $1 }
  guard isForm, let next = bytes.dropFirst(10).first else { return isForm }
  let time = bytes.dropFirst(11).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  return "Tt \t".utf8.contains(next) && time.count >= 7
    && time.allSatisfy { isDigit($0) || ":.+-Zz \t".utf8.contains($0) }
    && time.contains(UInt8(ascii: ":"))
}

/// Whether a value has a placeholder, `%name%` not preceded by a backslash.
private func hasPlaceholder(_ bytes: ArraySlice<UInt8>) -> Bool {
  var start: Int?
  for at in bytes.indices {
    switch bytes[at] {
    case UInt8(ascii: "%"):
      if let start, at > start + 1 { return true }
      start = at > bytes.startIndex && bytes[at - 1] == UInt8(ascii: "\\") ? nil : at
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...:
      break
    default: start = nil
    }
  }
  return false
}
