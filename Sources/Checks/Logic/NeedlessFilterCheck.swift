package import Diagnostics
import Matching
import RuleModel

extension CheckID {
  package static let filterWithoutEffect = CheckID(
    "filter-without-effect", .note,
    "The filter never excludes anything, because no event matches both the selection and the filter. Remove it, or correct its values or those of the selection."
  )
}

extension LogicCheck {
  /// Filters that exclude only what wouldn't match anyway.
  static let needlessFilters = LogicCheck(
    .filterWithoutEffect,
    examples: [
      CheckExample(
        "Another program",
        finds:
          "6:5: 'filter' never excludes anything, as no event that meets 'selection' meets it; correct its values or remove it",
        in: exampleRule(
          detection: #"""
            selection:
                Image|endswith: '\whoami.exe'
            filter:
                Image: 'C:\Windows\System32\net.exe'
            condition: selection and not filter
            """#)),
      CheckExample(
        "A missing field that the selection needs",
        finds:
          "6:5: 'filter_empty' never excludes anything, as no event that meets 'selection' meets it; correct its values or remove it",
        in: exampleRule(
          detection: #"""
            selection:
                Image|endswith: '\whoami.exe'
            filter_empty:
                Image: null
            condition: selection and not 1 of filter_*
            """#)),
      CheckExample(
        "The program in one folder",
        in: exampleRule(
          detection: #"""
            selection:
                Image|endswith: '\whoami.exe'
            filter:
                Image|startswith: 'C:\Windows\'
            condition: selection and not filter
            """#)),
    ]
  ) { logic in
    guard let parts = logic.parts, !parts.excluded.isEmpty else { return [] }
    var fields = FieldBits()
    for part in parts.required { fields.join(part.fields) }
    let concerned = parts.excluded.filter { $0.fields.hasRepeats || $0.fields.bits & fields.bits != 0 }
    guard !concerned.isEmpty, !parts.isImpossible(parts.required) else { return [] }
    var required = Refutation(in: parts.pool)
    for part in parts.required { required.demand(part.logic) }
    let stages = logic.rule.stages
    let names = parts.required.compactMap(\.stage).map { "'\(shortened(stages[$0].name))'" }
    let selected = names.count == 1 && parts.required.count == 1 ? "meets \(names[0])" : "the rule selects"
    return concerned.compactMap { part in
      guard let stage = part.stage else { return nil }
      var both = required
      both.demand(part.logic, isAskedAbout: true)
      guard both.isImpossible(tries: 16) else { return nil }
      return Diagnostic(
        .filterWithoutEffect, at: SourceLocation(logic.rule.source.file, at: stages[stage].position),
        "'\(shortened(stages[stage].name))' never excludes anything, as no event that \(selected) meets it; correct its values or remove it"
      )
    }
  }
}
