import Diagnostics
package import Documents
package import RuleModel

/// Reads the Sigma rules of a file: one for each document that is a rule (Sigma Specification 2.1.0).
///
/// Everything that can be shown is kept: what is malformed is reported as a finding, and the rest of the rule is read.
///
/// - Parameters:
///   - documents: the documents of one file.
///   - source: the source of the file; each rule gets its document's number and position.
///   - noteFields: custom fields that hold Markdown for readers of the rule.
///   - work: the budget for reading the file, based on its size if omitted; if it runs out, there is a finding instead
///     of the file's rules.
package func readSigma(
  _ documents: [Node], from source: RuleSource, noteFields: [String] = [], limits: ReadingLimits = .standard,
  work: WorkBudget? = nil
) -> Reading {
  let work = work ?? WorkBudget(bytes: source.body.count, limits: limits)
  let reading = readSigma(
    documents, from: source, in: SigmaContext(noteFields: noteFields, limits: limits, work: work))
  guard !work.isUsedUp else {
    return Reading(content: .broken, diagnostics: [work.fault.diagnostic(in: source.file)])
  }
  return reading
}

/// What applies to all rules of a file.
struct SigmaContext {
  var noteFields: [String]
  var limits: ReadingLimits
  var work: WorkBudget
}

private func readSigma(_ documents: [Node], from source: RuleSource, in context: SigmaContext) -> Reading {
  var rules: [RuleDraft] = []
  var others: [Node] = []
  var diagnostics: [Diagnostic] = []
  let merged = resolvingActions(in: documents, file: source.file, work: context.work, diagnostics: &diagnostics)
  for (document, number) in merged {
    guard context.work.spend(nodes: document.count) else { break }
    var place = source
    place.document = number
    place.documents = documents.count
    place.position = document.position
    switch SigmaDocument(document) {
    case .rule(let kind): rules.append(RuleReader(document, source: place, in: context).rule(kind: kind))
    case .malformed(let faults): diagnostics += faults.map { $0.diagnostic(in: source.file) }
    // An unknown action has already been reported.
    case .other where hasUnknownAction(document): break
    case .other: others.append(document)
    }
  }
  for document in others where !rules.isEmpty {
    diagnostics.append(
      Diagnostic(
        .sigmaDetection, at: SourceLocation(source.file, at: document.position), severity: .warning,
        "this document isn't a rule: it has no detection, correlation or filter section; add one or remove the document"
      ))
  }
  return Reading(content: content(of: rules, diagnostics), rules: rules, diagnostics: diagnostics)
}

private func content(of rules: [RuleDraft], _ diagnostics: [Diagnostic]) -> FileContent {
  if rules.isEmpty {
    return diagnostics.contains { $0.severity == .error }
      ? .broken : .notARule(reason: "no document has a detection, correlation or filter section")
  }
  if rules.contains(where: { $0.body.ruleClass == .correlation }) { return .correlations }
  return rules.allSatisfy { $0.body.ruleClass == .filter } ? .filters : .rules
}

// MARK: Actions

/// How documents in a file build on each other, as in Sigma before version 2.
enum Action: String, CaseIterable {
  case global, `repeat`, reset

  /// In bytes.
  static let longestName = allCases.map(\.rawValue.utf8.count).max() ?? 0
}

func action(of document: Node) -> Action? {
  (document["action"]?.text).flatMap { Action(rawValue: $0.lowercased()) }
}

private func hasUnknownAction(_ document: Node) -> Bool { document["action"] != nil && action(of: document) == nil }

/// `global` merges its document into each rule that follows, `repeat` builds on the previous rule, or on the global
/// document right after `global`, and `reset` clears the global document. Correlations and filters are independent:
/// they neither take part nor interrupt.
private func resolvingActions(
  in documents: [Node], file: SourceFile, work: WorkBudget, diagnostics: inout [Diagnostic]
) -> [(Node, number: Int)] {
  let numbered = documents.enumerated().map { ($1, number: $0 + 1) }
  for document in documents {
    guard let key = mistypedAction(in: document) else { continue }
    diagnostics.append(
      Diagnostic(
        .sigmaAction, at: SourceLocation(file, at: key.span),
        "the key '\(shortened(key.text ?? ""))' isn't read; did you mean 'action'?"))
  }
  guard documents.contains(where: { $0["action"] != nil }), var merger = NodeMerger(documents, work: work) else {
    return numbered
  }
  func report(
    _ id: CheckID = .sigmaAction, at span: SourceSpan, severity: Diagnostic.Severity? = nil,
    _ message: String
  ) {
    diagnostics.append(
      Diagnostic(id, at: SourceLocation(file, at: span), severity: severity, message))
  }
  var global: NodeMerger.Handle?
  var previous: NodeMerger.Handle?
  /// The place of a global document that nothing has been built on yet.
  var unused: SourceSpan?
  func reportUnused() {
    guard let span = unused else { return }
    report(
      at: span, severity: .warning,
      "'action: global' has no rule after it to build on it; add one or remove the action")
  }
  var results: [(NodeMerger.Handle, number: Int)] = []
  for (document, number) in numbered where !work.isUsedUp {
    let own = merger.handle(of: document)
    if let written = document["action"], action(of: document) == nil {
      report(at: written.span, unknownAction(written))
    }
    if case .rule(let kind) = SigmaDocument(document), kind != .rule {
      if let written = document["action"], let action = action(of: document) {
        report(
          at: written.span, severity: .warning,
          "'action: \(action.rawValue)' does nothing to a \(kind == .filter ? "filter" : "correlation"); remove the action"
        )
      }
      results.append((own, number))
      continue
    }
    switch action(of: document) {
    case .global:
      if global == nil { unused = document.span }
      global = global.map { merger.merge($0, with: own) } ?? own
      previous = global
    case .reset:
      reportUnused()
      (global, unused) = (nil, nil)
      if let extra = document.entries.first(where: { $0.key.text != "action" })?.key {
        report(
          at: extra.span,
          "a document with 'action: reset' holds nothing else; move the rest to a document of its own")
      }
    case .repeat:
      if previous == nil {
        report(
          at: document.span, severity: .warning,
          "'action: repeat' has no document before it to build on; move it or remove the action")
      }
      let made = previous.map { merger.merge($0, with: own) } ?? own
      results.append((made, number))
      (previous, unused) = (made, nil)
    case nil:
      let made = global.map { merger.merge(own, with: $0) } ?? own
      results.append((made, number))
      (previous, unused) = (made, nil)
    }
  }
  reportUnused()
  return zip(merger.nodes(of: results.map(\.0)), results).map { ($0, $1.number) }
}

/// A key that is a misspelling of `action` and holds the name of an action.
private func mistypedAction(in document: Node) -> Node? {
  document.entries.first { key, value in
    // Few values are the name of an action, and this is cheaper to check than whether a key is nearly 'action'.
    guard value.bytes.count <= Action.longestName, let text = value.text, Action(rawValue: text.lowercased()) != nil,
      let name = key.text, name != "action"
    else { return false }
    return isSlip(name, of: "action")
  }?.key
}

private func unknownAction(_ written: Node) -> String {
  guard let name = written.text, !written.isNull else {
    return "the action must be one of global, repeat and reset; write one or remove it"
  }
  let near = nearestName(to: name, in: Action.allCases.map(\.rawValue))
  return "the action '\(shortened(name))' is unknown; "
    + (near.map { "did you mean '\($0)'?" } ?? "write global, repeat or reset, or remove it")
}
