import Diagnostics
import Events

extension RuleCheck {
  /// A log source in capitals is found here and by no engine.
  static let logSourceSpelling = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    // Other dialects' names aren't the taxonomy's.
    guard LogNaming(subject.key.dialect) == .logSource else { return [] }
    return subject.logSources.compactMap { logSource in
      catalog.map.respelled(logSource).map { known in
        Diagnostic(
          .sigmaLogSource, at: subject.logSourceLocation, severity: .warning,
          "the log source '\(logSource)' is written '\(known)'; engines compare its names letter by letter")
      }
    }
  }
}
