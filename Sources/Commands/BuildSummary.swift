import Analysis
import Diagnostics
import RuleModel
import Text

/// The summary at the end of a build: the number of files in each class, and of everything else.
struct BuildSummary {
  let text: String
  /// Whether there are errors or warnings.
  let hasFindings: Bool

  /// - Parameter remarks: findings in files other than rules: those aren't on the site, so they are counted separately.
  init(_ catalog: LoadedCatalog, _ remarks: [Diagnostic]) {
    let (index, tally) = (catalog.index, catalog.collection.tally)
    let findings = catalog.findings
    let others = remarks.count { $0.severity != .note }
    let count = { (severity: Diagnostic.Severity) in findings.count { $0.severity == severity } }
    hasFindings = count(.error) + count(.warning) + others > 0
    let dialects = index.indicators.dialects.compactMap { dialect in
      let rules = index.rules.count { $0.key.dialect == dialect }
      return rules > 0 ? "\(dialect.label) \(rules)" : nil
    }
    let companions = tally.companions > 0 ? "\(counted(tally.companions, "companion")), " : ""
    let read = ReadEventCounts(watchedEvents(in: index.events))
    text = [
      "\(counted(index.rules.count, "rule")): \(dialects.joined(separator: ", "))",
      "\(counted(tally.total, "file")): \(tally.rules) of rules, \(tally.correlations) of correlations, "
        + "\(tally.filters) of filters, \(companions)\(tally.notRules) others\(BuildSummary.reasons(catalog)), \(tally.broken) broken",
      "\(counted(index.techniques.total.covered, "technique")) of ATT&CK \(catalog.knowledge.attack.version), "
        + "\(counted(read.events, "event")) of \(counted(read.providers, "provider"))",
      "\(counted(count(.error), "error")), \(counted(count(.warning), "warning")), \(counted(count(.note), "note"))"
        + (others > 0 ? "; \(counted(others, "warning")) in files other than rules" : ""),
    ].joined(separator: "\n")
  }

  /// What the other files are: ` (3 not YAML, 2 empty)`.
  private static func reasons(_ catalog: LoadedCatalog) -> String {
    var counts: [String: Int] = [:]
    for file in catalog.collection.files {
      if case .notARule(let reason) = file.content { counts[reason, default: 0] += 1 }
    }
    guard !counts.isEmpty else { return "" }
    return " (" + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") + ")"
  }
}
