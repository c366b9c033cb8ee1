import Diagnostics
import Documents
import RegularExpressions

/// What engines make of values: those that none can load are errors, those that are only against the specification warnings.
extension DetectionReader {
  mutating func checkNull(_ node: Node, of key: FieldKey, isInList: Bool) {
    if let modifier = key.valueModifier {
      report(
        .sigmaValue, at: node.position, severity: .error,
        "'\(modifier)' needs a value, and null is none; write one, or remove the modifier")
    } else if isInList {
      report(
        .sigmaValue, at: node.position, severity: .warning,
        "null isn't allowed among other values; write a search identifier of its own with null, and 'or' between them")
    }
  }

  /// - Returns: whether the value isn't known before placeholders in it are replaced.
  mutating func checkPlaceholder(_ node: Node, of key: FieldKey) -> Bool {
    guard key.modifiers.contains(.expand) else { return false }
    if hasPlaceholder(node.bytes) { return true }
    report(
      .sigmaValue, at: node.position,
      "'expand' replaces placeholders such as %name%, and the value has none; add one or remove 'expand'")
    return false
  }

  mutating func checkRegex(_ pattern: String, at node: Node) {
    // Compiling takes some steps for each byte; what is too long isn't compiled.
    guard work.spend(64 * min(pattern.utf8.count, 8 << 10)), let fault = fault(inRegex: pattern) else { return }
    let position = node.position(ofByte: fault.offset)
    switch fault.kind {
    case .malformed:
      report(
        .sigmaValue, at: position, severity: .error,
        "the regular expression '\(shortened(pattern))' doesn't compile: \(fault.reason); correct it")
    case .unjudged:
      report(
        .sigmaValue, at: position, severity: .note,
        "PCRE2 doesn't take the regular expression '\(shortened(pattern))': \(fault.reason); try it in the engine that runs the rule"
      )
    }
  }

  mutating func checkNetwork(_ text: String, at node: Node) {
    guard let fault = networkFault(text) else { return }
    report(.sigmaValue, at: node.position, severity: .error, "'\(shortened(text))' \(fault.message)")
  }

  mutating func checkNumber(_ node: Node, modifier: String) {
    let text = shortened(node.text ?? "")
    if !isNumber(node.bytes) {
      report(
        .sigmaValue, at: node.position, severity: .error, "'\(text)' isn't a number; '\(modifier)' compares numbers")
    } else if !node.isPlain {
      report(
        .sigmaValue, at: node.position, severity: .warning,
        "'\(text)' in quotes is a text; remove the quotes, as '\(modifier)' compares numbers")
    }
  }

  mutating func checkReference(_ node: Node) {
    let text = shortened(node.text ?? "")
    let message: String? =
      if node.bytes.isEmpty {
        "'fieldref' needs the name of a field; write one"
      } else if node.isPlain, isNumber(node.bytes) {
        "'fieldref' takes the name of a field, and \(text) is a number; write a name, in single quotes if the field is called so"
      } else if SigmaString(node.bytes).hasWildcard {
        "'fieldref' takes the name of a field, and a name has no wildcards; write the whole name instead of '\(text)'"
      } else {
        nil
      }
    if let message { report(.sigmaValue, at: node.position, severity: .error, message) }
  }
}

/// Whether a value has a placeholder, `%name%` with no backslash before it.
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
