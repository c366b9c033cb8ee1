import Diagnostics
import Events

extension RuleCheck {
  /// A log source in capitals is found here, but by no engine.
  static let logSourceSpelling = RuleCheck { rule, catalog in
    let subject = catalog.index.rules[rule]
    // Names in other dialects don't follow the taxonomy.
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
