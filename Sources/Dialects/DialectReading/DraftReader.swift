package import Diagnostics
package import RuleModel

/// Reads a rule, part by part.
package protocol DraftReader {
  /// What has been read so far.
  var rule: RuleDraft { get set }
}

extension DraftReader {
  package mutating func report(
    _ id: CheckID, at span: SourceSpan, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    rule.findings.append(
      Diagnostic(id, at: SourceLocation(rule.source.file, at: span), severity: severity, message))
  }

  /// Adds a fact, unless it has no values that aren't empty.
  package mutating func add(_ fact: String, _ values: [String]) {
    let values = values.filter { !$0.isEmpty }
    if !values.isEmpty { rule.facts.append(RuleFact(fact, values)) }
  }

  /// Reports an address whose scheme pages may not link to.
  package mutating func check(reference text: String, at span: SourceSpan) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      !text.utf8.contains(where: { $0 <= UInt8(ascii: " ") })
    else { return }
    let scheme = text[..<colon].lowercased()
    let isScheme = scheme.first?.isLetter == true && scheme.utf8.allSatisfy(isSchemeByte)
    guard isScheme, !["http", "https", "mailto"].contains(scheme) else { return }
    report(
      .ruleReference, at: span,
      "'\(shortened(text))' isn't an http, https or mailto address and is shown as text; correct it")
  }
}

/// Whether a byte can be in a scheme after its first letter (RFC 3986, section 3.1).
private func isSchemeByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
    UInt8(ascii: "-"),
    UInt8(ascii: "."):
    true
  default: false
  }
}
