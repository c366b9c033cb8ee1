/// A kind of finding. The module that reports it declares it, and `allChecks` lists it.
package struct CheckID: Sendable {
  /// Shown in brackets after a message. It never changes, so that it can be searched for and silenced.
  package let name: String
  /// The default severity of findings of this kind.
  package let severity: Diagnostic.Severity
  /// What it means and what to do about it, in one or two sentences: this is the check's documentation.
  package let advice: String
  /// Whether it reports only if `checks` in `ruledex.yml` gives it a severity, because many teams do without.
  package let isOptional: Bool

  package init(_ name: String, _ severity: Diagnostic.Severity, isOptional: Bool = false, _ advice: String) {
    self.name = name
    self.severity = severity
    self.advice = advice
    self.isOptional = isOptional
  }

  /// The first sentence of ``advice``: what the check means, without what to do if a separate sentence says that.
  package var meaning: String {
    let words = advice.utf8
    // A full stop inside a name, such as `ruledex.yml`, has no space after it.
    let end = words.indices.first { index in
      let next = words.index(after: index)
      return words[index] == UInt8(ascii: ".") && (next == words.endIndex || words[next] == UInt8(ascii: " "))
    }
    return end.map { String(advice[...$0]) } ?? advice
  }
}

extension CheckID: Hashable {
  package static func == (left: CheckID, right: CheckID) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
