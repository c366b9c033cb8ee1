import Diagnostics
import RuleModel

extension RuleCheck {
  /// A check for something that a rule doesn't say about itself.
  ///
  /// - Parameters:
  ///   - advice: the message: what is missing, then what to write.
  ///   - classes: the rules that should say it.
  ///   - isMissing: whether a rule doesn't.
  static func missing(
    _ id: CheckID, _ advice: String, in classes: Set<RuleClass> = [.detection, .hunt, .correlation, .filter],
    dialects: Set<Dialect> = [.sigma], examples: [CheckExample], where isMissing: @escaping @Sendable (Rule) -> Bool
  ) -> RuleCheck {
    RuleCheck(id, examples: examples) { rule, catalog in
      let subject = catalog.index.rules[rule]
      guard classes.contains(subject.ruleClass), dialects.contains(subject.key.dialect), isMissing(subject)
      else { return [] }
      return [Diagnostic(id, at: subject.source.location, advice)]
    }
  }
}

/// What examples of metadata look for.
let exampleDetection = #"""
  selection:
      Image|endswith: '\whoami.exe'
  condition: selection
  """#
