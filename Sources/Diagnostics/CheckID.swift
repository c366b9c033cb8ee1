/// A kind of finding. The module that finds it declares it, and `allChecks` lists it.
package struct CheckID: Sendable {
  /// In brackets behind a message. It never changes, so that it can be searched for and silenced.
  package let name: String
  /// The severity that a finding of this kind has unless it says otherwise.
  package let severity: Diagnostic.Severity
  /// What it means and what to do about it, in one or two sentences: the check's documentation.
  package let advice: String

  package init(_ name: String, _ severity: Diagnostic.Severity, _ advice: String) {
    self.name = name
    self.severity = severity
    self.advice = advice
  }

  /// The first sentence of ``advice``: what it means, without what to do where that is said apart.
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
