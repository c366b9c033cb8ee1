package import Diagnostics

/// What a reader found in one file.
package struct Reading: Sendable {
  package var content: FileContent
  package var rules: [RuleDraft]
  /// Findings for a file without rules; those for rules are in ``Rule/findings``.
  package var diagnostics: [Diagnostic]
  /// What the file defines for rules to refer to by name.
  package var companions: [Companion]

  package init(
    content: FileContent, rules: [RuleDraft] = [], diagnostics: [Diagnostic] = [], companions: [Companion] = []
  ) {
    self.content = content
    self.rules = rules
    self.diagnostics = diagnostics
    self.companions = companions
  }
}

extension Reading {
  /// Moves the file's findings to its rules: each to the rules of the document that contains it, or to all rules if
  /// none comes from that document, as with a document that others build on. Findings stay here only if the file has no
  /// rules.
  ///
  /// - Parameter documents: where each document of the file starts, in order.
  package func givingFindingsToRules(documents: [SourcePosition]) -> Reading {
    guard !rules.isEmpty, !diagnostics.isEmpty else { return self }
    var reading = self
    reading.diagnostics = []
    let ruleOfDocument = Dictionary(grouping: rules.indices) { rules[$0].source.document }
    var ofAll: [Diagnostic] = []
    for diagnostic in diagnostics {
      let document = diagnostic.location.position.map { number(ofDocumentAt: $0, in: documents) }
      if let owners = document.flatMap({ ruleOfDocument[$0] }) {
        for rule in owners { reading.rules[rule].findings.append(diagnostic) }
      } else {
        ofAll.append(diagnostic)
      }
    }
    // Very many findings in very many rules have a single cause, so it is enough to report them for the first rule.
    let owners = rules.count * ofAll.count <= 10_000 ? rules.count : 1
    for rule in 0..<owners { reading.rules[rule].findings += ofAll }
    return reading
  }

  /// From 1; anything before the first document belongs to it.
  private func number(ofDocumentAt place: SourcePosition, in documents: [SourcePosition]) -> Int {
    var (low, high) = (0, documents.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if documents[middle] <= place { low = middle } else { high = middle }
    }
    return low + 1
  }
}

/// What a file contains. Each file found is exactly one of these.
package enum FileContent: Hashable, Sendable {
  /// It holds detection rules, and possibly filters.
  case rules
  /// It holds a correlation, and possibly the rules that it correlates.
  case correlations
  /// It holds only filters.
  case filters
  /// It holds no rule, but something that belongs to rules: a macro that they may use, a file that they need.
  case companion
  /// It holds no rule, for the given reason.
  case notARule(reason: String)
  /// It couldn't be read or parsed; a diagnostic says why.
  case broken
}
