import Diagnostics
package import Documents
package import RuleModel

/// Reads the Sigma rules of a file: one for each document that is one (Sigma Specification 2.1.0).
///
/// Nothing is refused that can be shown: what is malformed gives a finding, and the rest of the rule stands.
///
/// - Parameters:
///   - documents: of one file.
///   - source: of the file; each rule gets its document's number and place.
///   - noteFields: fields beside the specification's own that hold Markdown for the reader of the rule.
///   - work: what reading the file is spent from, made for its size when left out; where that isn't enough, the file costs a finding
///     and its rules.
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

/// What holds for all rules of a file.
struct SigmaContext {
  var noteFields: [String]
  var limits: ReadingLimits
  var work: WorkBudget
}

private func readSigma(_ documents: [Node], from source: RuleSource, in context: SigmaContext) -> Reading {
  var rules: [Rule] = []
  var others: [Node] = []
  var diagnostics: [Diagnostic] = []
  let merged = resolvingActions(in: documents, path: source.file, work: context.work, diagnostics: &diagnostics)
  for (document, number) in merged {
    guard context.work.spend(nodes: document.count) else { break }
    var place = source
    place.document = number
    place.documents = documents.count
    place.position = document.position
    switch SigmaDocument(document) {
    case .rule(let kind): rules.append(RuleReader(document, source: place, in: context).rule(kind: kind))
    case .malformed(let faults): diagnostics += faults.map { $0.diagnostic(in: source.file) }
    case .other: others.append(document)
    }
  }
  for document in others where !rules.isEmpty {
    diagnostics.append(
      Diagnostic(
        .sigmaDetection, at: SourceLocation(path: source.file, position: document.position), severity: .warning,
        "this document is no rule: it has no detection, correlation or filter section; add it or remove the document"))
  }
  return Reading(content: content(of: rules, diagnostics), rules: rules, diagnostics: diagnostics)
}

private func content(of rules: [Rule], _ diagnostics: [Diagnostic]) -> FileContent {
  if rules.isEmpty {
    return diagnostics.contains { $0.severity == .error }
      ? .broken : .notARule(reason: "no document has a detection, correlation or filter section")
  }
  if rules.contains(where: { $0.ruleClass == .correlation }) { return .correlations }
  return rules.allSatisfy { $0.ruleClass == .filter } ? .filters : .rules
}

// MARK: Actions

/// How documents of a file build on each other, as Sigma had it before version 2.
enum Action: String {
  case global, `repeat`, reset
}

func action(of document: Node) -> Action? {
  (document["action"]?.text).flatMap { Action(rawValue: $0.lowercased()) }
}

/// `global` lays its document over each that follows, `repeat` builds on the merged one before, `reset` ends what is global.
private func resolvingActions(
  in documents: [Node], path: String, work: WorkBudget, diagnostics: inout [Diagnostic]
) -> [(Node, number: Int)] {
  let numbered = documents.enumerated().map { ($1, number: $0 + 1) }
  guard documents.contains(where: { action(of: $0) != nil }), var merger = NodeMerger(documents, work: work) else {
    return numbered
  }
  var global: NodeMerger.Handle?
  var previous: NodeMerger.Handle?
  var results: [(NodeMerger.Handle, number: Int)] = []
  for (document, number) in numbered where !work.isUsedUp {
    let own = merger.handle(of: document)
    switch action(of: document) {
    case .global: global = global.map { merger.merge($0, with: own) } ?? own
    case .reset: global = nil
    case .repeat:
      if previous == nil {
        diagnostics.append(
          Diagnostic(
            .sigmaDetection, at: SourceLocation(path: path, position: document.position), severity: .warning,
            "'action: repeat' has no document before it to build on; move it or remove the action"))
      }
      let made = previous.map { merger.merge($0, with: own) } ?? own
      results.append((made, number))
      previous = made
    case nil:
      let made = global.map { merger.merge(own, with: $0) } ?? own
      results.append((made, number))
      previous = made
    }
  }
  return zip(merger.nodes(of: results.map(\.0)), results).map { ($0, $1.number) }
}
