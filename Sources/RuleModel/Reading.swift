package import Diagnostics

/// What a reader found in one file.
package struct Reading: Sendable {
  package var content: FileContent
  package var rules: [RuleDraft]
  /// Findings on a file without rules; those of rules are theirs, in ``Rule/findings``.
  package var diagnostics: [Diagnostic]

  package init(content: FileContent, rules: [RuleDraft] = [], diagnostics: [Diagnostic] = []) {
    self.content = content
    self.rules = rules
    self.diagnostics = diagnostics
  }
}

extension Reading {
  /// What was found in the file is found in its rules: in those of the document that has the place, or in all of them where no rule
  /// is made of that document, as it is of a document that others build on. Only what is wrong with a file without rules stays.
  ///
  /// - Parameter documents: where each document of the file starts, in their order.
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
    // Very many findings in very many rules are one fault, and the first rule says enough of it.
    let owners = rules.count * ofAll.count <= 10_000 ? rules.count : 1
    for rule in 0..<owners { reading.rules[rule].findings += ofAll }
    return reading
  }

  /// From 1; what is before the first document belongs to that one.
  private func number(ofDocumentAt place: SourcePosition, in documents: [SourcePosition]) -> Int {
    var (low, high) = (0, documents.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if documents[middle] <= place { low = middle } else { high = middle }
    }
    return low + 1
  }
}

/// What a file is. Each file that is met is exactly one of these.
package enum FileContent: Hashable, Sendable {
  /// It holds detection rules; filters may be beside them.
  case rules
  /// It holds a correlation; the rules that it relates may be beside it.
  case correlations
  /// It holds filters alone.
  case filters
  /// It holds no rule, and rules that were read need it.
  case companion
  /// It holds no rule, and why.
  case notARule(reason: String)
  /// It could not be read or parsed; a diagnostic says why.
  case broken
}
